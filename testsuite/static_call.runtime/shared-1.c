/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The shared runtime with an executable. */
/* { dg-do run } */
/* { dg-shared-runtime } */
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
	CHECK(work(5) == 106);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_KEY(&key, two);
	CHECK(work(5) == 110);
	key = one;
	CHECK_KEY(&key, one);
	return 0;
}
