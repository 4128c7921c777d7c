/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls in a part that the compiler moves away as cold. */
/* { dg-do run } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = one;
int (*cold_key)(int) STATIC_CALL_KEY = one;
static int rare_sum;

NOIPA __attribute__((cold)) static void rare(int x)
{
	rare_sum += x;
}

NOIPA int work(int x)
{
	int value = key(x);

	if (x > 1000) {
		value += cold_key(x);
		rare(cold_key(value));
		value -= cold_key(1);
	}
	return value + 100;
}

int main(void)
{
	CHECK_KEY(&key, one);
	CHECK_SITES(&cold_key, one, 3);
	CHECK(work(5) == 106);
	CHECK(work(2000) == 2001 + 2001 - 2 + 100 && rare_sum == 4003);
	CHECK(static_call_key_update(&cold_key, two) == 0);
	CHECK_SITES(&cold_key, two, 3);
	CHECK_KEY(&key, one);
	CHECK(work(2000) == 2001 + 4000 - 2 + 100 && rare_sum == 4003 + 12002);
	return 0;
}
