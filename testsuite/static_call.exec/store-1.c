/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scalar stores to a key, in every form of assignment. */
/* { dg-do run } */
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
fn second STATIC_CALL_KEY = one;
fn plain = one;

NOIPA int work(int x)
{
	return key(x) + 100 * second(x);
}

NOIPA void assign(fn f)
{
	key = f;
}

NOIPA void assign_two(fn f)
{
	key = second = f;
}

NOIPA void assign_if(int c, fn f, fn g)
{
	key = c ? f : g;
}

NOIPA void swap(void)
{
	fn f = key;

	key = second;
	second = f;
}

NOIPA fn returned(void)
{
	return two;
}

int main(void)
{
	CHECK_KEY(&key, one);
	assign(two);
	CHECK_KEY(&key, two);
	CHECK_KEY(&second, one);
	CHECK(work(5) == 610);
	assign_two(one);
	CHECK_KEY(&key, one);
	CHECK(work(5) == 606);
	assign_two(two);
	CHECK_KEY(&second, two);
	CHECK(work(5) == 1010);
	assign_if(0, two, one);
	CHECK_KEY(&key, one);
	CHECK(work(5) == 1006);
	swap();
	CHECK_KEY(&key, two);
	CHECK_KEY(&second, one);
	CHECK(work(5) == 610);
	key = plain;
	CHECK_KEY(&key, one);
	CHECK(work(5) == 606);
	key = returned();
	CHECK_KEY(&key, two);
	CHECK(work(5) == 610);
	key = *one;
	CHECK_KEY(&key, one);
	return 0;
}
