/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Static keys of function scope, two of one name. */
/* { dg-do run } */
/* { dg-final { direct-in first second } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

typedef int (*fn)(int);

NOIPA int first(int x, fn **address)
{
	static int (*key)(int) STATIC_CALL_KEY = one;

	*address = &key;
	return key(x) + 100;
}

NOIPA int second(int x, fn **address)
{
	static int (*key)(int) STATIC_CALL_KEY = two;

	*address = &key;
	return key(x) + 200;
}

int main(void)
{
	fn *a, *b;

	CHECK(first(5, &a) == 106 && second(5, &b) == 210);
	CHECK(a != b);
	CHECK_KEY(a, one);
	CHECK_KEY(b, two);
	CHECK(static_call_key_update(a, two) == 0);
	CHECK_KEY(a, two);
	CHECK_KEY(b, two);
	CHECK(first(5, &a) == 110 && second(5, &b) == 210);
	*b = one;
	CHECK_KEY(a, two);
	CHECK_KEY(b, one);
	CHECK(first(5, &a) == 110 && second(5, &b) == 206);
	return 0;
}
