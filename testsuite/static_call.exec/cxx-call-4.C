/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++: references, values of class type with destructors, default and variadic arguments. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"
#include <stdarg.h>

static int alive;

struct counted {
	int value;

	explicit counted(int v) : value(v) { alive++; }
	counted(const counted &other) : value(other.value) { alive++; }
	~counted() { alive--; }
};

NOIPA static counted grow(const counted &a, counted b)
{
	return counted(a.value + b.value);
}

NOIPA static counted shrink(const counted &a, counted b)
{
	return counted(a.value - b.value);
}

NOIPA static int sum(int n, ...)
{
	va_list list;
	int result = 0;

	va_start(list, n);
	while (n--)
		result += va_arg(list, int);
	va_end(list);
	return result;
}

counted (*key)(const counted &, counted) STATIC_CALL_KEY = grow;
int (*variadic)(int, ...) STATIC_CALL_KEY = sum;

extern "C" NOIPA int work(int x)
{
	return key(key(counted(x), counted(2)), counted(3)).value + 1000 * variadic(3, 1, 2, 3);
}

int main()
{
	CHECK_SITES(&key, grow, 2);
	CHECK_KEY(&variadic, sum);
	CHECK(work(5) == 6010);
	CHECK(alive == 0);
	CHECK(static_call_key_update(&key, shrink) == 0);
	CHECK(static_call_key_update(&variadic, sum) == 0);
	CHECK_SITES(&key, shrink, 2);
	CHECK(work(5) == 6000);
	CHECK(alive == 0);
	return 0;
}
