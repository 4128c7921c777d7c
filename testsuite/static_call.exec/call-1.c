/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A plain call that returns a value. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
/* { dg-final { check-static-call } } */
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
	return key(x) + 100;
}

int main(void)
{
	CHECK_KEY(&key, one);
	CHECK(work(20) == 121);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_KEY(&key, two);
	CHECK(work(20) == 140);
	CHECK(key == two);
	CHECK(static_call_key_update(&key, one) == 0);
	CHECK_KEY(&key, one);
	CHECK(work(20) == 121);
	return 0;
}
