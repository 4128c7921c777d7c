/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call in a loop, retargeted between two runs of it. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

NOIPA static int add_one(int x)
{
	return x + 1;
}

NOIPA static int add_three(int x)
{
	return x + 3;
}

int (*key)(int) STATIC_CALL_KEY = add_one;

NOIPA int work(int n)
{
	int i, x = 0;

	for (i = 0; i < n; i++)
		x = key(x);
	return x;
}

int main(void)
{
	CHECK_KEY(&key, add_one);
	CHECK(work(1000) == 1000);
	CHECK(static_call_key_update(&key, add_three) == 0);
	CHECK_KEY(&key, add_three);
	CHECK(work(1000) == 3000);
	return 0;
}
