/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A volatile key: read once a call, indirect, reported. */
/* { dg-do run } */
/* { dg-additional-options "-Wno-attributes" } */
/* { dg-final { scan-function work {(call|jmp)q? +\*} } } */
/* { dg-final { scan-report {"function":"work",.*"result":"indirect","reason":"volatile"} } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*volatile key)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x) + 1;
}

int main(void)
{
	CHECK(work(5) == 7);
	key = two;
	CHECK(work(5) == 11);
	key = one;
	CHECK(work(5) == 7);
	return 0;
}
