/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call in a loop whose key the callee changes: the load cannot be moved out. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

static int second(int x);
static int first(int x);

int (*key)(int) STATIC_CALL_KEY = first;

NOIPA static int first(int x)
{
	CHECK(static_call_key_update(&key, second) == 0);
	return x + 1;
}

NOIPA static int second(int x)
{
	CHECK(static_call_key_update(&key, first) == 0);
	return x + 10;
}

NOIPA int work(int n)
{
	int i, x = 0;

	for (i = 0; i < n; i++)
		x += key(i & 1);
	return x;
}

int main(void)
{
	CHECK_KEY(&key, first);
	CHECK(work(10) == 5 * 1 + 5 * 11);
	CHECK_KEY(&key, first);
	CHECK(work(3) == 1 + 11 + 1);
	CHECK_KEY(&key, second);
	return 0;
}
