/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The key is written by an object that was compiled without the plugin, and synchronised. */
/* { dg-do run } */
/* { dg-plain-sources "extern-3-other.c" } */
/* { dg-final { direct-in work } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

extern int (*key)(int) STATIC_CALL_KEY;
int (*key)(int) = one;

void plain_set(int (*fn)(int));
int plain_call(int x);

NOIPA int work(int x)
{
	return key(x) + 100;
}

int main(void)
{
	CHECK_KEY(&key, one);
	CHECK(work(5) == 106 && plain_call(5) == 6);
	plain_set(two);
	CHECK(plain_call(5) == 10);
	if (CHECK_PATCHED) {
		CHECK(static_call_key_verify() > 0);
		CHECK(work(5) == 106);
	}
	CHECK(static_call_key_sync(&key, sizeof(key)) == 0);
	CHECK_KEY(&key, two);
	CHECK(work(5) == 110);
	return 0;
}
