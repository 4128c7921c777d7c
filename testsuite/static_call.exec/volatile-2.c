/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A volatile read of an ordinary key. */
/* { dg-do run } */
/* { dg-final { scan-function work_volatile {(call|jmp)q? +\*} } } */
/* { dg-final { direct-in work } } */
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

fn key STATIC_CALL_KEY = one;

NOIPA int work_volatile(int x)
{
	return (*(volatile fn *)&key)(x) + 1;
}

NOIPA int work(int x)
{
	return key(x) + 1;
}

int main(void)
{
	CHECK_KEY(&key, one);
	CHECK(work_volatile(5) == 7 && work(5) == 7);
	*(volatile fn *)&key = two;
	CHECK_KEY(&key, two);
	CHECK(work_volatile(5) == 11 && work(5) == 11);
	return 0;
}
