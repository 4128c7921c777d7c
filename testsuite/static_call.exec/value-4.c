/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key of a variadic type: %al says how many vector registers hold arguments. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"
#include <stdarg.h>

NOIPA static double sum(int n, ...)
{
	double result = 0;
	va_list list;

	va_start(list, n);
	while (n--) {
		result += va_arg(list, double);
		result += va_arg(list, int);
	}
	va_end(list);
	return result;
}

NOIPA static double product(int n, ...)
{
	double result = 1;
	va_list list;

	va_start(list, n);
	while (n--) {
		result *= va_arg(list, double);
		result *= va_arg(list, int);
	}
	va_end(list);
	return result;
}

double (*key)(int, ...) STATIC_CALL_KEY = sum;

NOIPA double work(double x)
{
	return key(3, x, 2, 3.0, 4, 5.0, 6) + key(0) + key(6, 1.0, 1, 1.0, 1, 1.0, 1, 1.0, 1, 1.0, 1,
							   1.0, 1);
}

int main(void)
{
	CHECK_SITES(&key, sum, 3);
	CHECK(work(0.5) == 20.5 + 0 + 12);
	CHECK(static_call_key_update(&key, product) == 0);
	CHECK_SITES(&key, product, 3);
	CHECK(work(0.5) == 360 + 1 + 1);
	return 0;
}
