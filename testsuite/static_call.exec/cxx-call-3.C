/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++17: keys whose type is noexcept. */
/* { dg-do run } */
/* { dg-additional-options "-std=c++17" } */
/* { dg-final { direct-in work } } */
#include "check.h"

NOIPA static int one(int x) noexcept
{
	return x + 1;
}

NOIPA static int two(int x) noexcept
{
	return x * 2;
}

int (*key)(int) noexcept STATIC_CALL_KEY = one;
int (*may_throw)(int) STATIC_CALL_KEY = one;

extern "C" NOIPA int work(int x)
{
	return key(x) + 100 * may_throw(x);
}

int main()
{
	CHECK_KEY(&key, one);
	CHECK_KEY(&may_throw, one);
	CHECK(work(5) == 606);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK(static_call_key_update(&may_throw, two) == 0);
	CHECK_KEY(&key, two);
	CHECK_KEY(&may_throw, two);
	CHECK(work(5) == 1010);
	return 0;
}
