/* SPDX-License-Identifier: GPL-2.0-or-later */
/* To the inlined function, to others and back, by updates and by stores. */
/* { dg-do run } */
#include "guard.h"

static int inlined(int x)
{
	return x + 1;
}

NOIPA static int called(int x)
{
	return x + 2;
}

static int (*const all[])(int) = { inlined, called };

int (*key)(int) STATIC_CALL_KEY = inlined;

NOIPA int work(int x)
{
	return key(x) * 10;
}

NOIPA int tail(int x)
{
	return key(x);
}

NOIPA int loop(int n)
{
	int i, sum = 0;

	for (i = 0; i < n; i++)
		sum += key(i);
	return sum;
}

NOIPA void store(int i)
{
	key = all[i];
}

static void check(int i)
{
	CHECK_GUARDED(&key);
	CHECK(work(1) == (i + 2) * 10);
	CHECK(tail(1) == i + 2);
	CHECK(loop(4) == 6 + 4 * (i + 1));
}

int main(void)
{
	int i;

	check(0);
	for (i = 0; i < 6; i++) {
		CHECK(static_call_key_update(&key, all[i & 1]) == 0);
		check(i & 1);
	}
	for (i = 0; i < 6; i++) {
		store(i & 1);
		check(i & 1);
	}
	return 0;
}
