/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A tail call that returns nothing. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

static int calls;

NOIPA static void one(int x)
{
	calls += x;
}

NOIPA static void two(int x)
{
	calls += x * 1000;
}

void (*key)(int) STATIC_CALL_KEY = one;

NOIPA void work(int x)
{
	key(x);
}

int main(void)
{
	CHECK_TAIL(&key, one);
	work(5);
	CHECK(calls == 5);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_TAIL(&key, two);
	work(6);
	CHECK(calls == 6005);
	return 0;
}
