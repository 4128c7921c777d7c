/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A plain call that returns nothing. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
/* { dg-final { check-static-call } } */
#include "check.h"

static int calls;

NOIPA static void one(void)
{
	calls += 1;
}

NOIPA static void hundred(void)
{
	calls += 100;
}

void (*key)(void) STATIC_CALL_KEY = one;

NOIPA int work(void)
{
	key();
	return calls;
}

int main(void)
{
	CHECK_KEY(&key, one);
	CHECK(work() == 1);
	CHECK(static_call_key_update(&key, hundred) == 0);
	CHECK_KEY(&key, hundred);
	CHECK(work() == 101);
	return 0;
}
