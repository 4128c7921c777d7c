/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nop_if_null on members, with if (key) around it, and the value of a NULL call in a loop. */
/* { dg-do run } */
/* { dg-skip-if "NULL calls fault without the plugin" { *-*-* } { "-DTEST_NO_PLUGIN" } } */
/* { dg-final { direct-in work guarded } } */
#include "check.h"

NOIPA static long one(long x)
{
	return x + 1;
}

struct hooks {
	long (*enter)(long) STATIC_CALL_KEY_NOP_IF_NULL;
	long (*leave)(long) STATIC_CALL_KEY;
};

struct hooks hooks = { NULL, one };

NOIPA long work(int n)
{
	long sum = 0;
	int i;

	for (i = 0; i < n; i++)
		sum += hooks.enter(i) + hooks.leave(0);
	return sum;
}

NOIPA int guarded(void)
{
	if (hooks.enter)
		return 100 + (int)hooks.enter(1);
	return 5;
}

int main(void)
{
	CHECK(work(10) == 10);
	CHECK(guarded() == 5);
	CHECK_KEY(&hooks.leave, one);
	CHECK(static_call_key_update(&hooks.enter, one) == 0);
	CHECK_KEY(&hooks.enter, one);
	CHECK(work(10) == 10 + 55);
	CHECK(guarded() == 102);
	hooks.enter = NULL;
	CHECK(work(10) == 10);
	CHECK(guarded() == 5);
	CHECK(static_call_key_verify() == 0);
	return 0;
}
