/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Exceptions out of targets with stack arguments, class arguments and realigned callers. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"
#include <stdexcept>

static int alive;

struct counted {
	int value;

	explicit counted(int v) : value(v) { alive++; }
	counted(const counted &other) : value(other.value) { alive++; }
	~counted() { alive--; }
};

#define PARAMETERS counted a, long b, double c, long d, long e, long f, long g, long h, long i, \
	__int128 j

NOIPA static counted throws(PARAMETERS)
{
	if (j)
		throw std::runtime_error("thrown");
	return counted(a.value + b + (int)c + d + e + f + g + h + i);
}

NOIPA static counted throws_other(PARAMETERS)
{
	if (j > 0)
		throw counted(a.value * 100 + b + (int)c + d + e + f + g + h + i);
	return counted(a.value - b);
}

counted (*key)(PARAMETERS) STATIC_CALL_KEY = throws;

NOIPA static int inside(int x, int last)
{
	char block[64] __attribute__((aligned(64)));
	char *p = block;
	counted guard(x);

	memset(__builtin_alloca(x + 20), 7, x + 20);
	asm("" : "+r" (p) : : "memory");
	CHECK(((uintptr_t)p & 63) == 0);
	return key(guard, x, x + 0.5, 4, 5, 6, 7, 8, 9, last).value + guard.value;
}

static int work(int x, int last)
{
	try {
		return inside(x, last);
	} catch (const std::runtime_error &e) {
		return strcmp(e.what(), "thrown") == 0 ? -1 : -2;
	} catch (const counted &c) {
		return c.value;
	}
}

int main()
{
	CHECK_KEY(&key, throws);
	CHECK(work(3, 0) == 3 + 3 + 3 + 39 + 3 && alive == 0);
	CHECK(work(3, 1) == -1 && alive == 0);
	CHECK(static_call_key_update(&key, throws_other) == 0);
	CHECK_KEY(&key, throws_other);
	CHECK(work(3, 0) == 0 + 3 && alive == 0);
	CHECK(work(3, 1) == 300 + 3 + 3 + 39 && alive == 0);
	return 0;
}
