/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A local copy, tested and called. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x + 2;
}

int (*key)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	int (*p)(int) = key;

	if (p)
		return p(x) * 10;
	return -1;
}

int main(void)
{
	CHECK_KEY(&key, one);
	CHECK(work(1) == 20);
	CHECK(static_call_key_update(&key, NULL) == 0);
	CHECK(work(1) == -1);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_KEY(&key, two);
	CHECK(work(1) == 30);
	return 0;
}
