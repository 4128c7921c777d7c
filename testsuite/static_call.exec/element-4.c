/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls that would be out of bounds, and are never made: no key lies there, so the
 * runtime must not look. A flexible array that its initializer fills has keys.
 */
/* { dg-do run } */
/* { dg-additional-options "-Wno-array-bounds" } */
#include "check.h"

static NOIPA int one(int x)
{
	return x + 1;
}

static NOIPA int two(int x)
{
	return x + 2;
}

struct tail {
	int n;
	int (*fn[])(int);
};

int (*table[2])(int) STATIC_CALL_KEY = { one, one };
struct tail tail STATIC_CALL_KEY = { 2, { one, two } };

NOIPA int work(int n, int x)
{
	if (n < 0)
		return table[-1](x);
	if (n > 1)
		return table[0x10000000](x);
	return table[1](x) + tail.fn[1](x);
}

int main(void)
{
	CHECK(work(0, 1) == 2 + 3);
	CHECK_KEY(&table[1], one);
	CHECK_KEY(&tail.fn[1], two);
	CHECK(static_call_key_update(&tail.fn[1], one) == 0);
	CHECK(work(1, 1) == 2 + 2);
	return 0;
}
