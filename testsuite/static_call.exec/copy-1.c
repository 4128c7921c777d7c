/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call through a local copy of the pointer. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	int (*p)(int) = key;

	x += 7;
	return p(x) + 100;
}

int main(void)
{
	CHECK_KEY(&key, one);
	CHECK(work(5) == 113);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_KEY(&key, two);
	CHECK(work(5) == 124);
	return 0;
}
