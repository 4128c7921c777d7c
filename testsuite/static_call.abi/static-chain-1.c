/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys that point to nested functions, whose code on the stack loads the static chain. */
/* { dg-do run } */
/* { dg-skip-if "the stack is not executable" { *-*-* } { "-fsplit-stack" } } */
/* { dg-additional-options "-Wl,-z,execstack" } */
#include "abi.h"

static int plain(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY = plain;

NOIPA static int work(int x)
{
	return key(x) + key(x + 1) * 1000;
}

NOIPA static int outer(int n)
{
	int calls = 0, result;

	int nested(int x)
	{
		calls++;
		return x * n;
	}

	CHECK(static_call_key_update(&key, nested) == 0);
	CHECK_SITES(&key, nested, 2);
	result = work(n);
	CHECK(calls == 2);
	CHECK(key(5) == 5 * n);
	return result;
}

int main(void)
{
	CHECK_SITES(&key, plain, 2);
	CHECK(work(1) == 3002);
	CHECK(outer(3) == 9 + 12000);
	CHECK(outer(4) == 16 + 20000);
	CHECK(static_call_key_update(&key, plain) == 0);
	CHECK_SITES(&key, plain, 2);
	CHECK(work(1) == 3002);
	return 0;
}
