/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions without a prototype: AL counts vector registers; a va_list handed on. */
/* { dg-do run } */
/* { dg-additional-options "-std=gnu17" } */
/* { dg-final { check-static-call } } */
#include "abi.h"
#include <stdarg.h>

NOIPA static double sum(double a, int b, double c)
{
	return a + 10 * b + 100 * c;
}

NOIPA static double weighted(double a, int b, double c)
{
	return 100 * a + 10 * b + c;
}

double (*loose)() STATIC_CALL_KEY = sum;

#define CALL(f) ({							\
	double result = ((double (*)(double, int, double))f)(ARG(1.5), ARG(2), ARG(3.5)); \
	mix_bytes(0, &result, sizeof(result)); })

NOIPA static double work(double a, int b, float c)
{
	return loose(a, b, c);
}

NOIPA static int first(int n, va_list list)
{
	(void)n;
	return va_arg(list, int);
}

NOIPA static int second(int n, va_list list)
{
	(void)va_arg(list, double);
	return va_arg(list, int) + n;
}

int (*lister)(int, va_list) STATIC_CALL_KEY = first;

NOIPA static int wrapper(int n, ...)
{
	va_list list;
	int result;

	va_start(list, n);
	result = lister(n, list);
	va_end(list);
	return result;
}

int main(void)
{
	COMPARE(loose, sum, weighted);
	CHECK(work(1, 2, 3) == 321);
	CHECK(static_call_key_update(&loose, weighted) == 0);
	CHECK(work(1, 2, 3) == 123);

	CHECK_KEY(&lister, first);
	CHECK(wrapper(1, 7, 8.5) == 7);
	CHECK(static_call_key_update(&lister, second) == 0);
	CHECK_KEY(&lister, second);
	CHECK(wrapper(1, 8.5, 9) == 10);
	return 0;
}
