/* SPDX-License-Identifier: GPL-2.0-or-later */
/* long double and _Float128: memory and x87, SSE. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

NOIPA static long double all(long double a, int b, long double c, double d, long double e)
{
	return a + 3 * b + 5 * c + 7 * d + 11 * e;
}

NOIPA static long double other(long double a, int b, long double c, double d, long double e)
{
	return e - 3 * d - 5 * c - 7 * b - 11 * a;
}

long double (*key)(long double, int, long double, double, long double) STATIC_CALL_KEY = all;

/* The result is still on the x87 stack when the next call needs an empty one. */
#define CALL(f) ({							\
	long double result = f(ARG(1.5L), ARG(2), ARG(3e300L) * 1e1000L, ARG(4.5), ARG(5.5L)) \
		+ f(6, 7, f(8, ARG(9), 10, ARG(11.5), 12), 13, 14);	\
	mix_bytes(0, &result, 10); })

NOIPA static _Float128 quad(_Float128 a, _Float128 b)
{
	return a;
	(void)b;
}

NOIPA static _Float128 quad_other(_Float128 a, _Float128 b)
{
	return b;
	(void)a;
}

_Float128 (*quad_key)(_Float128, _Float128) STATIC_CALL_KEY = quad;

#define CALL_QUAD(f) ({							\
	_Float128 result = f(ARG((_Float128)1.5), ARG((_Float128)-2.5));	\
	mix_bytes(0, &result, 16); })

int main(void)
{
	COMPARE(key, all, other);
	COMPARE_WITH(CALL_QUAD, quad_key, quad, quad_other);
	return 0;
}
