/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key of an _Atomic type. */
/* { dg-do run } */
/* { dg-additional-options "-Wno-attributes" } */
/* { dg-final { scan-report {"function":"work",.*"result":"indirect","reason":"atomic"} } } */
#include "check.h"

typedef int (*fn)(int);

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

_Atomic(fn) key STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x) + 1;
}

int main(void)
{
	CHECK(work(5) == 7);
	key = two;
	CHECK(work(5) == 11);
	CHECK(static_call_key_verify() == 0);
	return 0;
}
