/* SPDX-License-Identifier: GPL-2.0-or-later */
/* float and double in registers and, past eight, on the stack. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

#define PARAMETERS float a, double b, float c, double d, float e, double f, float g, double h, \
	float i, double j, int k

NOIPA static double all(PARAMETERS)
{
	return a + 3 * b + 5 * c + 7 * d + 11 * e + 13 * f + 17 * g + 19 * h + 23 * i + 29 * j + k;
}

NOIPA static double reversed(PARAMETERS)
{
	return k + 3 * j + 5 * i + 7 * h + 11 * g + 13 * f + 17 * e + 19 * d + 23 * c + 29 * b + a;
}

double (*key)(PARAMETERS) STATIC_CALL_KEY = all;

NOIPA static float narrow(float x, float y)
{
	return x - y;
}

NOIPA static float narrow_other(float x, float y)
{
	return x * y;
}

float (*narrow_key)(float, float) STATIC_CALL_KEY = narrow;

#define CALL(f) ({							\
	double result = f(ARG(1.5f), ARG(2.25), ARG(3.5f), 4, 5, 6, 7, ARG(8.125), ARG(9.5f), \
			  ARG(10.75), ARG(-11));			\
	mix_bytes(0, &result, sizeof(result)); })

#define CALL_NARROW(f) ({						\
	float result = f(f(ARG(1.5f), ARG(2.25f)), ARG(3.5f));		\
	mix_bytes(0, &result, sizeof(result)); })

int main(void)
{
	COMPARE(key, all, reversed);
	COMPARE_WITH(CALL_NARROW, narrow_key, narrow, narrow_other);
	return 0;
}
