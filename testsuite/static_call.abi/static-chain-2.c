/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nested functions that call through keys, their own chain in %r10 before and after. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

NOIPA static int twice(int x)
{
	asm volatile("mov $-1, %%r10" : : : "r10");
	return x * 2;
}

NOIPA static int thrice(int x)
{
	asm volatile("mov $-1, %%r10" : : : "r10");
	return x * 3;
}

int (*key)(int) STATIC_CALL_KEY = twice;

NOIPA static int outer(int n)
{
	int calls = 0;

	NOIPA int nested(int x)
	{
		static int (*inner)(int) STATIC_CALL_KEY = thrice;
		int result;

		calls++;
		result = key(x + n);
		calls++;
		result += inner(x) * 1000;
		return result + n;
	}

	return nested(1) + nested(2) + calls * 1000000;
}

int main(void)
{
	CHECK_KEY(&key, twice);
	CHECK(outer(5) == 4009000 + 12 + 14 + 10);
	CHECK(static_call_key_update(&key, thrice) == 0);
	CHECK_KEY(&key, thrice);
	CHECK(outer(5) == 4009000 + 18 + 21 + 10);
	return 0;
}
