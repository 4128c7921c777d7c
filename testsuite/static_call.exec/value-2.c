/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Many arguments, on the stack too. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

NOIPA static long weigh(long a, int b, long c, int d, long e, int f, long g, short h, char i,
			double j, long k)
{
	return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + (long)(10 * j) +
		11 * k;
}

NOIPA static long pick(long a, int b, long c, int d, long e, int f, long g, short h, char i,
		       double j, long k)
{
	return a * 0 + b * 0 + c * 0 + d * 0 + e * 0 + f * 0 + g * 0 + h + i * 1000 +
		(long)j * 100000 + k * 10000000;
}

long (*key)(long, int, long, int, long, int, long, short, char, double, long)
	STATIC_CALL_KEY = weigh;

NOIPA long work(long x)
{
	return key(x, 2, 3, 4, 5, 6, 7, 8, 9, 10.0, 11) + 1;
}

int main(void)
{
	CHECK_KEY(&key, weigh);
	CHECK(work(1) == 507);
	CHECK(static_call_key_update(&key, pick) == 0);
	CHECK_KEY(&key, pick);
	CHECK(work(1) == 111009009);
	return 0;
}
