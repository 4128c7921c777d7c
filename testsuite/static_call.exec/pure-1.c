/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A pure key: an update between two calls is seen, and so is a change of what the targets read. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
/* { dg-final { check-static-call } } */
#include "check.h"

static int state = 1;

NOIPA __attribute__((pure)) static int add(int x)
{
	return x + state;
}

NOIPA __attribute__((pure)) static int multiply(int x)
{
	return x * state;
}

int (*key)(int) STATIC_CALL_KEY_PURE = add;

NOIPA int work(int x)
{
	int a = key(x), b, c, d;

	state = 7;
	b = key(x);
	CHECK(static_call_key_update(&key, multiply) == 0);
	c = key(x);
	key = add;
	d = key(x);
	return a + 100 * b + 10000 * c + 1000000 * d;
}

int main(void)
{
	CHECK_SITES(&key, add, 4);
	CHECK(work(5) == 6 + 1200 + 350000 + 12000000);
	CHECK_SITES(&key, add, 4);
	return 0;
}
