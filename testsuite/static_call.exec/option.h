/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One program for many compiler options: a plain call, a tail call, a member, a store. */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

struct ops {
	long number;
	int (*call)(int);
};

int (*key)(int) STATIC_CALL_KEY = one;
struct ops ops STATIC_CALL_KEY = { 1, one };

NOIPA int work(int x)
{
	int i, sum = 0;

	for (i = 0; i < 3; i++)
		sum += key(x) + ops.call(i);
	return sum;
}

NOIPA int tail(int x)
{
	return key(x + 1);
}

static void check(int (*a)(int), int (*b)(int))
{
#ifdef OPTION_INDIRECT
	(void)a;
	(void)b;
#elif defined OPTION_LTO
	(void)a;
	(void)b;
	CHECK(static_call_key_verify() == 0);
#else
	CHECK_SITES(&key, a, 2);
	CHECK_KEY(&ops.call, b);
#endif
}

int main(void)
{
	check(one, one);
	CHECK(work(5) == 18 + 6 && tail(5) == 7);
	CHECK(static_call_key_update(&key, two) == 0);
	check(two, one);
	CHECK(work(5) == 30 + 6 && tail(5) == 12);
	ops.call = two;
	check(two, two);
	CHECK(work(5) == 30 + 6 && tail(5) == 12);
	CHECK(static_call_key_update(&key, one) == 0);
	check(one, two);
	CHECK(work(5) == 18 + 6 && tail(5) == 7);
	return 0;
}
