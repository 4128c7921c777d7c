/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fp(g(a)): an argument is the value of another call. */
/* { dg-do run } */
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

NOIPA int g(int x)
{
	return x + 50;
}

int (*key)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(g(x)) + 1000;
}

int main(void)
{
	CHECK_KEY(&key, one);
	CHECK(work(5) == 1056);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_KEY(&key, two);
	CHECK(work(5) == 1110);
	return 0;
}
