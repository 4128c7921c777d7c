/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Four functions, of which each becomes each other, and two that nobody named. */
/* { dg-do run } */
#include "guard.h"

static long state;

static long a(long x) { state += 1; return x + state; }
static long b(long x) { state -= x; return x; }
static long c(long x) { return x * 3; }
static long d(long x) { return state ^ x; }
static long e(long x) { state = x; return -x; }
NOIPA static long f(long x) { return ~x; }

static long (*const all[])(long) = { a, b, c, d, e, f };

long (*key)(long) STATIC_CALL_KEY_INLINE(a, b, c, d) = f;

NOIPA long work(long x)
{
	return key(x) + key(x + 1);
}

static void check(int i)
{
	long expected, result;

	state = 7;
	expected = all[i](5);
	expected += all[i](6);
	state = 7;
	result = work(5);
	CHECK(result == expected);
	CHECK_GUARDED(&key);
}

int main(void)
{
	int from, to;

	for (from = 0; from < 6; from++)
		for (to = 0; to < 6; to++) {
			CHECK(static_call_key_update(&key, all[from]) == 0);
			check(from);
			key = all[to];
			check(to);
		}
	return 0;
}
