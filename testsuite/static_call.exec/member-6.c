/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A packed struct may hold a pointer that is not aligned: the call is right all the same. */
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

struct __attribute__((packed)) ops {
	char tag;
	int (*fn)(int);
};

struct ops ops STATIC_CALL_KEY = { 1, one };

NOIPA int work(int x)
{
	return ops.fn(x) + 1;
}

int main(void)
{
	CHECK(work(5) == 7);
	ops.fn = two;
	CHECK(work(5) == 11);
	CHECK(static_call_key_verify() == 0);
	return 0;
}
