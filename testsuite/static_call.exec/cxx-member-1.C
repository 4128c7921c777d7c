/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++: members of tagged structs, of a base class, and of a static object of class type. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

struct base {
	int (*call)(int) STATIC_CALL_KEY;
};

struct derived : base {
	long number;
	int (*other)(int) STATIC_CALL_KEY;

	derived() : number(3) { call = one; other = two; }
};

static derived object;
base plain_old = { one };

extern "C" NOIPA int work(int x)
{
	return object.call(x) + 100 * object.other(x) + 10000 * plain_old.call(x);
}

int main()
{
	CHECK_KEY(&object.call, one);
	CHECK_KEY(&object.other, two);
	CHECK_KEY(&plain_old.call, one);
	CHECK(work(5) == 61006);
	object.call = two;
	CHECK(static_call_key_update(&object.other, one) == 0);
	CHECK_KEY(&object.call, two);
	CHECK_KEY(&object.other, one);
	CHECK(work(5) == 60610);
	static_cast<base &>(object) = plain_old;
	CHECK_KEY(&object.call, one);
	CHECK(work(5) == 60606);
	derived fresh;
	object = fresh;
	CHECK_KEY(&object.call, one);
	CHECK_KEY(&object.other, two);
	CHECK(work(5) == 61006);
	return 0;
}
