/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several calls through one key, and live values across them. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

NOIPA static long add(long a, long b)
{
	return a + b;
}

NOIPA static long subtract(long a, long b)
{
	return a - b;
}

long (*key)(long, long) STATIC_CALL_KEY = add;

NOIPA long work(long a, long b, long c, long d)
{
	long e = key(a, b);
	long f = key(c, d);
	double g = (double)a / 2;

	return key(e, f) * 1000 + (long)(g * key(d, a)) + a + b * c - d;
}

static long expected(long (*fn)(long, long), long a, long b, long c, long d)
{
	return fn(fn(a, b), fn(c, d)) * 1000 + (long)((double)a / 2 * fn(d, a)) + a + b * c - d;
}

int main(void)
{
	CHECK_SITES(&key, add, 2);
	CHECK(work(4, 5, 6, 7) == expected(add, 4, 5, 6, 7));
	CHECK(static_call_key_update(&key, subtract) == 0);
	CHECK_SITES(&key, subtract, 2);
	CHECK(work(4, 5, 6, 7) == expected(subtract, 4, 5, 6, 7));
	return 0;
}
