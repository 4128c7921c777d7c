/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Asm goto, computed goto, statement expressions and VLAs around calls. */
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

NOIPA int work(int n)
{
	void *labels[] = { &&even, &&odd };
	char buffer[n + 1];
	int value = 0;

	memset(buffer, 1, n + 1);
	goto *labels[n & 1];
even:
	value = key(n) * 10;
	goto out;
odd:
	value = ({ int t = key(n); t + key(t); });
out:
	return value + buffer[n];
}

int main(void)
{
	CHECK_SITES(&key, one, 1);
	CHECK(work(4) == 51 && work(5) == 6 + 7 + 1);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_SITES(&key, two, 1);
	CHECK(work(4) == 81 && work(5) == 10 + 20 + 1);
	return 0;
}
