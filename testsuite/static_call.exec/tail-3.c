/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tail calls under conditions, and deep mutual recursion through a key. */
/* { dg-do run } */
/* { dg-final { direct-in pick even } } */
#include "check.h"

static int odd(unsigned int n);

int (*is_odd)(unsigned int) STATIC_CALL_KEY = odd;

NOIPA int even(unsigned int n)
{
	return n == 0 ? 1 : is_odd(n - 1);
}

NOIPA static int odd(unsigned int n)
{
	return n == 0 ? 0 : even(n - 1);
}

NOIPA static int never(unsigned int n)
{
	return n == 0xffffffff;
}

NOIPA int pick(int c, unsigned int n)
{
	if (c > 10)
		return is_odd(n);
	if (c > 5)
		return is_odd(n + 1);
	return c;
}

int main(void)
{
	CHECK_SITES(&is_odd, odd, 2);
	CHECK(even(10000) == 1 && even(10001) == 0);
	CHECK(pick(11, 4) == 0 && pick(6, 4) == 1 && pick(3, 4) == 3);
	CHECK(static_call_key_update(&is_odd, never) == 0);
	CHECK_SITES(&is_odd, never, 2);
	CHECK(even(10001) == 0 && even(10000) == 0 && even(0) == 1);
	CHECK(pick(11, 4) == 0 && pick(6, 4) == 0 && pick(3, 4) == 3);
	return 0;
}
