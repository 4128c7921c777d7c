/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lambdas as targets and as callers with captures. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

typedef long function(long, double);

static function *const first = [](long x, double y) { return x + 3 * (long)y; };
static function *const second = [](long x, double y) { return 5 * x - (long)y; };

function *key STATIC_CALL_KEY;

NOIPA static long work(long x, double y)
{
	long sum = 0;
	auto caller = [&sum, x](double z) __attribute__((noipa)) {
		sum += key(x, z);
		return [=](long more) { return key(more + sum, z) + x; };
	};

	return caller(y)(7) + sum;
}

static long expected(function *f, long x, double y)
{
	long sum = f(x, y);

	return f(7 + sum, y) + x + sum;
}

int main()
{
	CHECK(static_call_key_update(&key, first) == 0);
	CHECK_SITES(&key, first, 2);
	CHECK(work(2, 3.5) == expected(first, 2, 3.5));
	key = second;
	CHECK_SITES(&key, second, 2);
	CHECK(work(2, 3.5) == expected(second, 2, 3.5));
	return 0;
}
