/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A tail call that returns a value: jmp from -O2 up. */
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
	return key(x + 3);
}

int main(void)
{
	CHECK_TAIL(&key, one);
	CHECK(work(5) == 9);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_TAIL(&key, two);
	CHECK(work(5) == 16);
	return 0;
}
