/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a function has in registers survives a store to a key, and the update that follows it. */
/* { dg-do run } */
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

NOIPA static int call(int x)
{
	return key(x);
}

/* Six arguments and four values that were loaded. */
NOIPA static long integers(long a, long b, long c, long d, long e, long f, const long *p)
{
	long g = p[0], h = p[1], i = p[2], j = p[3];

	key = key == one ? two : one;
	return a + 3 * b + 5 * c + 7 * d + 11 * e + 13 * f + 17 * g + 19 * h + 23 * i + 29 * j;
}

NOIPA static double floats(double a, double b, double c, double d, int (**at)(int))
{
	*at = *at == one ? two : one;
	return a + 3 * b + 5 * c + 7 * d;
}

/* The address and the size of the store, too. */
NOIPA static int (**through(int (**at)(int), int (*fn)(int)))(int)
{
	*at = fn;
	return at;
}

int main(void)
{
	static const long more[] = { 7, 8, 9, 10 };
	int i;

	for (i = 0; i < 6; i++) {
		CHECK(integers(1, 2, 3, 4, 5, 6, more) ==
		      1 + 6 + 15 + 28 + 55 + 78 + 119 + 152 + 207 + 290);
		CHECK(call(1) == (i & 1 ? 2 : 3));
		CHECK_KEY(&key, i & 1 ? one : two);
	}
	for (i = 0; i < 6; i++) {
		CHECK(floats(1, 2, 3, 4, &key) == 1 + 6 + 15 + 28);
		CHECK(call(1) == (i & 1 ? 2 : 3));
	}
	CHECK(through(&key, two) == &key && call(1) == 3);
	return 0;
}
