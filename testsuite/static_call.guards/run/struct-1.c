/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arguments on the stack, structs as arguments and results, results in memory, variadic calls. */
/* { dg-do run } */
#include <stdarg.h>

#include "guard.h"

struct big {
	long a[6];
};

static struct big make(int x, struct big from)
{
	from.a[x] += x;
	return from;
}

NOIPA static struct big other_make(int x, struct big from)
{
	from.a[x] -= x;
	return from;
}

static long many(long a, long b, long c, long d, long e, long f, long g, double h, long i)
{
	return a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + (long)h * 8 + i * 9;
}

NOIPA static long other_many(long a, long b, long c, long d, long e, long f, long g, double h,
			     long i)
{
	return -(a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + (long)h * 8 + i * 9);
}

static int first(int n, ...)
{
	return n + 1;
}

NOIPA static int last(int n, ...)
{
	va_list list;

	va_start(list, n);
	n = va_arg(list, int);
	va_end(list);
	return n;
}

struct big (*key)(int, struct big) STATIC_CALL_KEY = make;
long (*wide)(long, long, long, long, long, long, long, double, long) STATIC_CALL_KEY = many;
int (*variadic)(int, ...) STATIC_CALL_KEY = first;
static struct big global;

NOIPA long work(struct big b)
{
	global = key(2, b);
	b = key(3, global);
	return b.a[2] * 1000 + b.a[3];
}

NOIPA struct big passed(struct big b)
{
	return key(1, b);
}

NOIPA long work_wide(long x)
{
	return wide(x, 1, 2, 3, 4, 5, 6, 7.5, 8) + 1;
}

NOIPA int work_variadic(int x)
{
	return variadic(x, 5, 2.0) + 1;
}

int main(void)
{
	struct big b = { { 10, 20, 30, 40, 50, 60 } };
	int i;

	for (i = 0; i < 3; i++) {
		CHECK(work(b) == 32043 && passed(b).a[1] == 21);
		CHECK(work_wide(1) == 1 + 1 + 2 + 6 + 12 + 20 + 30 + 42 + 56 + 72);
		CHECK(work_variadic(1) == 3);
		CHECK(static_call_key_update(&key, other_make) == 0);
		CHECK(static_call_key_update(&wide, other_many) == 0);
		CHECK(static_call_key_update(&variadic, last) == 0);
		CHECK_GUARDED(&key);
		CHECK(work(b) == 28037 && passed(b).a[1] == 19 && passed(b).a[5] == 60);
		CHECK(work_wide(1) == -(1 + 2 + 6 + 12 + 20 + 30 + 42 + 56 + 72) + 1);
		CHECK(work_variadic(1) == 6);
		key = make;
		wide = many;
		variadic = first;
		CHECK_GUARDED(&key);
		CHECK_GUARDED(&wide);
		CHECK_GUARDED(&variadic);
	}
	return 0;
}
