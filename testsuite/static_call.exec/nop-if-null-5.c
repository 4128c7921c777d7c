/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arguments of a NULL call are evaluated, and registers that a call keeps are kept. */
/* { dg-do run } */
/* { dg-skip-if "NULL calls fault without the plugin" { *-*-* } { "-DTEST_NO_PLUGIN" } } */
#include "check.h"

static int effects;

NOIPA static int effect(void)
{
	return ++effects;
}

NOIPA static int sum(int a, int b)
{
	return a + b;
}

int (*key)(int, int) STATIC_CALL_KEY_NOP_IF_NULL;

NOIPA long work(long a, long b, long c, long d, double e)
{
	long f = a * 3, g = b * 5, h = c * 7, i = d * 11;
	double j = e * 2;
	int value = key(effect(), effect());

	return value * 1000000 + f + g + h + i + (long)j;
}

int main(void)
{
	CHECK(work(1, 2, 3, 4, 5.0) == 3 + 10 + 21 + 44 + 10);
	CHECK(effects == 2);
	CHECK(static_call_key_update(&key, sum) == 0);
	CHECK_KEY(&key, sum);
	CHECK(work(1, 2, 3, 4, 5.0) == 7000000 + 3 + 10 + 21 + 44 + 10);
	CHECK(effects == 4);
	return 0;
}
