/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key without a prototype, and one called through a cast. */
/* { dg-do run } */
/* { dg-additional-options "-std=gnu17" } */
/* { dg-additional-options "-std=gnu17" } */
#include "check.h"

NOIPA static int sum(int a, int b)
{
	return a + b;
}

NOIPA static int product(int a, int b)
{
	return a * b;
}

int (*loose)() STATIC_CALL_KEY = sum;
void (*generic)(void) STATIC_CALL_KEY = (void (*)(void))sum;

NOIPA int work(int a, int b)
{
	return loose(a, b) * 1000 + ((int (*)(int, int))generic)(a, b);
}

int main(void)
{
	CHECK_KEY(&loose, sum);
	CHECK_KEY(&generic, sum);
	CHECK(work(3, 4) == 7007);
	CHECK(static_call_key_update(&loose, product) == 0);
	CHECK(static_call_key_update(&generic, (void (*)(void))product) == 0);
	CHECK_KEY(&loose, product);
	CHECK_KEY(&generic, product);
	CHECK(work(3, 4) == 12012);
	return 0;
}
