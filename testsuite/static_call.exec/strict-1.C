/* SPDX-License-Identifier: GPL-2.0-or-later */
/* strict: the pointer is read before the arguments are evaluated, as C++17 says. */
/* { dg-do run } */
/* { dg-skip-if "an option of the plugin" { *-*-* } { "-DTEST_NO_PLUGIN" } } */
/* { dg-additional-options "-std=c++17 -fplugin-arg-static_call-strict" } */
/* { dg-final { direct-in harmless } } */
/* { dg-final { scan-function work {(call|jmp)q? +\*} } } */
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

NOIPA static int change(int x)
{
	key = two;
	return x;
}

extern "C" NOIPA int work(int x)
{
	return key(change(x)) + 100;
}

extern "C" NOIPA int harmless(int x)
{
	return key(x * 3) + 100;
}

int main()
{
	CHECK_KEY(&key, one);
	CHECK(work(5) == 106);
	CHECK_KEY(&key, two);
	CHECK(work(5) == 110);
	CHECK(harmless(5) == 130);
	return 0;
}
