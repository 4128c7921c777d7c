/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The callee retargets the site and calls through it again. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

static int down(int x), leaf(int x);

int (*key)(int) STATIC_CALL_KEY = down;

NOIPA int work(int x)
{
	return key(x) * 2;
}

NOIPA static int down(int x)
{
	if (x == 3)
		CHECK(static_call_key_update(&key, leaf) == 0);
	return work(x + 1) + 1;
}

NOIPA static int leaf(int x)
{
	return x;
}

int main(void)
{
	CHECK_KEY(&key, down);
	/* leaf(4) is 4, and each level above it doubles and adds one. */
	CHECK(work(0) == 158);
	CHECK(key == leaf);
	CHECK_KEY(&key, leaf);
	CHECK(work(9) == 18);
	return 0;
}
