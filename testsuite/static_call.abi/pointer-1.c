/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions that take and return functions, a key's own address among the arguments. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

typedef uint64_t leaf(int);
typedef leaf *chooser(leaf *, leaf *, int);

NOIPA static uint64_t low(int x)
{
	return x + 1;
}

NOIPA static uint64_t high(int x)
{
	return x + 1000;
}

NOIPA static leaf *choose(leaf *a, leaf *b, int which)
{
	return which ? a : b;
}

NOIPA static leaf *choose_other(leaf *a, leaf *b, int which)
{
	return which ? b : a;
}

chooser *key STATIC_CALL_KEY = choose;

NOIPA static uint64_t through(chooser **p, chooser *f)
{
	return (*p == f) + 1;
}

uint64_t (*through_key)(chooser **, chooser *) STATIC_CALL_KEY = through;

#define CALL(f) mix(f(low, high, ARG(1))(ARG(5)), f(low, high, ARG(0))(ARG(6)))

int main(void)
{
	COMPARE(key, choose, choose_other);
	CHECK_KEY(&through_key, through);
	CHECK(through_key(&key, choose) == 2 && through_key(&key, key) == 2);
	CHECK(through_key(&key, choose_other) == 1);
	return 0;
}
