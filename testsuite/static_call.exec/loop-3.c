/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pointer read once, before the loop, and called in it. */
/* { dg-do run } */
#include "check.h"

static int other(int x);
static int sum;

NOIPA static int one(int x)
{
	sum += x;
	return 1;
}

int (*key)(int) STATIC_CALL_KEY = one;
int (*changing)(int) STATIC_CALL_KEY;

NOIPA static int change(int x)
{
	CHECK(static_call_key_update(&changing, other) == 0);
	return x + 1;
}

NOIPA static int other(int x)
{
	return x + 1000;
}

NOIPA int work(int n)
{
	int (*p)(int) = key;
	int i, x = 0;

	for (i = 0; i < n; i++)
		x += p(i);
	return x;
}

/* Every call reaches the target that was read before the loop. */
NOIPA int work_changing(int n)
{
	int (*p)(int) = changing;
	int i, x = 0;

	for (i = 0; i < n; i++)
		x = p(x);
	return x;
}

int main(void)
{
	CHECK(work(10) == 10);
	CHECK(sum == 45);
	CHECK(static_call_key_update(&changing, change) == 0);
	CHECK(work_changing(10) == 10);
	CHECK(changing == other);
	CHECK(work_changing(10) == 10000);
	return 0;
}
