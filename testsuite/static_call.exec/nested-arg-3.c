/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arguments with side effects in memory, and with calls through another key. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

static int state;

NOIPA static int sum(int *p, int x, int y)
{
	return *p + x + y;
}

NOIPA static int product(int *p, int x, int y)
{
	return *p * x * y;
}

NOIPA static int next(void)
{
	return ++state;
}

int (*key)(int *, int, int) STATIC_CALL_KEY = sum;
int (*source)(void) STATIC_CALL_KEY = next;

NOIPA int work(int x)
{
	int local = x;

	return key(&local, source(), (local = 9, 4)) + 1000;
}

int main(void)
{
	CHECK_KEY(&key, sum);
	CHECK_KEY(&source, next);
	CHECK(work(5) == 1000 + 9 + 1 + 4);
	CHECK(static_call_key_update(&key, product) == 0);
	CHECK_KEY(&key, product);
	CHECK(work(5) == 1000 + 9 * 2 * 4);
	return 0;
}
