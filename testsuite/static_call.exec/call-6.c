/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key that is const, and one whose functions are pure or const. */
/* { dg-do run } */
#include "check.h"

NOIPA __attribute__((const)) static int square(int x)
{
	return x * x;
}

NOIPA __attribute__((const)) static int cube(int x)
{
	return x * x * x;
}

int (*const fixed)(int) STATIC_CALL_KEY = square;
__attribute__((const)) int (*power)(int) STATIC_CALL_KEY = square;

NOIPA int call_fixed(int x)
{
	return fixed(x) + 1;
}

NOIPA int call_power(int x)
{
	return power(x) + 1;
}

int main(void)
{
	CHECK(call_fixed(5) == 26);
	CHECK_KEY(&power, square);
	CHECK(call_power(5) == 26);
	CHECK(static_call_key_update(&power, cube) == 0);
	CHECK_KEY(&power, cube);
	CHECK(call_power(5) == 126);
	return 0;
}
