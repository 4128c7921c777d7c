/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The key changes while a guarded call of it is under way: in the loop, in the inlined function. */
/* { dg-do run } */
#include "guard.h"

static int second(int x);
int (*key)(int) STATIC_CALL_KEY;

static int first(int x)
{
	if (x == 3)
		CHECK(static_call_key_update(&key, second) == 0);
	return x;
}

static int second(int x)
{
	if (x == 6)
		key = first;
	return x + 100;
}

int (*key)(int) STATIC_CALL_KEY_INLINE(first, second) = first;

NOIPA int work(int n)
{
	int i, sum = 0;

	for (i = 0; i < n; i++)
		sum += key(i);
	return sum;
}

int main(void)
{
	CHECK(work(10) == 45 + 300);
	CHECK_GUARDED(&key);
	CHECK(key == first && work(3) == 3);
	return 0;
}
