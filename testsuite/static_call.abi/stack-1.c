/* SPDX-License-Identifier: GPL-2.0-or-later */
/* More than six arguments, of several sizes. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

#define PARAMETERS int a, long b, char c, short d, long e, int f, signed char g, long h, \
	unsigned short i, int j, _Bool k

NOIPA static uint64_t all(PARAMETERS)
{
	return mix(mix(mix(mix(mix(mix(mix(mix(mix(mix(mix(0, a), b), c), d), e), f), g), h), i),
		       j), k);
}

NOIPA static uint64_t stacked(PARAMETERS)
{
	(void)a, (void)b, (void)c, (void)d, (void)e, (void)f;
	return mix(mix(mix(mix(mix(0, k), j), i), h), g);
}

uint64_t (*key)(PARAMETERS) STATIC_CALL_KEY = all;

#define CALL(f) f(ARG(1), ARG(-2), ARG(3), ARG(-4), ARG(5), ARG(-6), ARG(-7), ARG(8l << 40), \
		  ARG(65535), ARG(-10), ARG(1))

/* An odd and an even number of words, and one call's result as the other's argument. */
NOIPA static int eight(int a, int b, int c, int d, int e, int f, int g, int h)
{
	return a - b + c - d + e - f + g * 100 - h;
}

NOIPA static int seven(int a, int b, int c, int d, int e, int f, int g)
{
	return a + b + c + d + e + f + g * 1000;
}

NOIPA static int seven_other(int a, int b, int c, int d, int e, int f, int g)
{
	return a + b + c + d + e + f + g * 999;
}

int (*key7)(int, int, int, int, int, int, int) STATIC_CALL_KEY = seven;
int (*key8)(int, int, int, int, int, int, int, int) STATIC_CALL_KEY = eight;

#define CALL_NESTED(f) (uint64_t)key8(f(ARG(1), 2, 3, 4, 5, 6, 7), 8, 9, 10, 11, 12, \
	f(13, 14, 15, ARG(16), 17, 18, 19), f(20, 21, 22, 23, 24, 25, ARG(26)))

int main(void)
{
	COMPARE(key, all, stacked);
	CHECK_KEY(&key8, eight);
	COMPARE_WITH(CALL_NESTED, key7, seven, seven_other);
	return 0;
}
