/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions that the compiler clones, splits and puts in cold parts. */
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

int (*key)(int) STATIC_CALL_KEY = one;

static __attribute__((noinline)) int constant(int mode, int x)
{
	if (mode == 3)
		return key(x) + 3;
	return key(x + 1) + mode;
}

static __attribute__((cold, noinline)) int rare(int x)
{
	return key(x) - 1;
}

NOIPA int work(int x, int n)
{
	int i, sum = 0;

	for (i = 0; i < n; i++) {
		if (__builtin_expect(x > 1000, 0))
			return rare(x) + key(x) * 7;
		sum += constant(3, x);
	}
	return sum + constant(4, x);
}

int main(void)
{
	CHECK_SITES(&key, one, 2);
	CHECK(work(5, 2) == 9 + 9 + 11);
	CHECK(work(2000, 2) == 2000 + 2001 * 7);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_SITES(&key, two, 2);
	CHECK(work(5, 2) == 13 + 13 + 16);
	CHECK(work(2000, 2) == 3999 + 4000 * 7);
	return 0;
}
