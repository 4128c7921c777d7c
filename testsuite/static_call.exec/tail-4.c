/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A guarded tail call, and one with stack arguments that fit the caller's. */
/* { dg-do run } */
/* { dg-final { direct-in guarded many } } */
#include "check.h"

NOIPA static int zero(void)
{
	return 40;
}

NOIPA static int weigh(int a, int b, int c, int d, int e, int f, int g, int h)
{
	return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h;
}

NOIPA static int last(int a, int b, int c, int d, int e, int f, int g, int h)
{
	return h + 0 * (a + b + c + d + e + f + g);
}

int (*hook)(void) STATIC_CALL_KEY;
int (*key)(int, int, int, int, int, int, int, int) STATIC_CALL_KEY = weigh;

NOIPA int guarded(void)
{
	if (hook)
		return hook();
	return 3;
}

NOIPA int many(int a, int b, int c, int d, int e, int f, int g, int h)
{
	return key(h, g, f, e, d, c, b, a);
}

int main(void)
{
	CHECK(guarded() == 3);
	CHECK(static_call_key_update(&hook, zero) == 0);
	CHECK_KEY(&hook, zero);
	CHECK(guarded() == 40);
	CHECK_KEY(&key, weigh);
	CHECK(many(8, 7, 6, 5, 4, 3, 2, 1) == 204);
	CHECK(static_call_key_update(&key, last) == 0);
	CHECK_KEY(&key, last);
	CHECK(many(8, 7, 6, 5, 4, 3, 2, 1) == 8);
	return 0;
}
