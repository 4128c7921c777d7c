/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fp(fp(a)). */
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
	return key(key(x)) + 1000;
}

int main(void)
{
	CHECK_SITES(&key, one, 2);
	CHECK(work(5) == 1007);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_SITES(&key, two, 2);
	CHECK(work(5) == 1020);
	return 0;
}
