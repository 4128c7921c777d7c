/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A weak key that nothing defines: its address is 0, and it is not called. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

extern int (*missing)(int) __attribute__((weak)) STATIC_CALL_KEY;

NOIPA static int one(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	if (&missing)
		return missing(x) + 1;
	return key(x) + 2;
}

int main(void)
{
	CHECK_KEY(&key, one);
	CHECK(work(5) == 8);
	CHECK(static_call_key_verify() == 0);
	return 0;
}
