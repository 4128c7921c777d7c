/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls in a nested function, and a key of its enclosing function. */
/* { dg-do run } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

typedef int (*fn)(int);

int (*key)(int) STATIC_CALL_KEY = one;

NOIPA int work(int n, fn **address)
{
	static int (*inner)(int) STATIC_CALL_KEY = one;
	int sum = 0;

	__attribute__((noinline)) void add(int x)
	{
		sum = sum * 100 + key(x) + inner(n);
	}

	*address = &inner;
	add(n);
	add(n + 1);
	return sum;
}

int main(void)
{
	fn *inner;

	CHECK(work(5, &inner) == 1213);
	CHECK_KEY(&key, one);
	CHECK_KEY(inner, one);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK(work(5, &inner) == 1618);
	*inner = two;
	CHECK_KEY(inner, two);
	CHECK(work(5, &inner) == 2022);
	return 0;
}
