/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++: function-scope static keys, in a template once for each instance. */
/* { dg-do run } */
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

template <int n> NOIPA int scaled(int x, fn **address)
{
	static int (*key)(int) STATIC_CALL_KEY = n & 1 ? one : two;

	*address = &key;
	return key(x) * n;
}

NOIPA static fn dynamic()
{
	return two;
}

NOIPA static int initialised(int x, fn **address)
{
	static int (*key)(int) STATIC_CALL_KEY = dynamic();

	*address = &key;
	return key(x);
}

fn global STATIC_CALL_KEY = dynamic();

NOIPA static int work(int x)
{
	return global(x) + 1;
}

int main()
{
	fn *a, *b, *c;

	CHECK(scaled<3>(5, &a) == 18 && scaled<4>(5, &b) == 40);
	CHECK_KEY(a, one);
	CHECK_KEY(b, two);
	CHECK(static_call_key_update(a, two) == 0);
	CHECK_KEY(a, two);
	CHECK(scaled<3>(5, &a) == 30 && scaled<4>(5, &b) == 40);
	CHECK(initialised(5, &c) == 10);
	CHECK_KEY(c, two);
	*c = one;
	CHECK_KEY(c, one);
	CHECK(initialised(5, &c) == 6);
	CHECK_KEY(&global, two);
	CHECK(work(5) == 11);
	return 0;
}
