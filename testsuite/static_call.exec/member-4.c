/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Members of a union, and of a union in a struct. */
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

union either {
	int (*fn)(int) STATIC_CALL_KEY;
	void *data;
	long number;
};

struct holder {
	int tag;
	union {
		int (*fn)(int);
		long number;
	} u;
};

union either either = { one };
struct holder holder STATIC_CALL_KEY = { 1, { one } };

NOIPA int work(int x)
{
	return either.fn(x) + 100 * holder.u.fn(x);
}

int main(void)
{
	CHECK_KEY(&either.fn, one);
	CHECK_KEY(&holder.u.fn, one);
	CHECK(work(5) == 606);
	CHECK(static_call_key_update(&either.fn, two) == 0);
	CHECK(static_call_key_update(&holder.u.fn, two) == 0);
	CHECK_KEY(&either.fn, two);
	CHECK_KEY(&holder.u.fn, two);
	CHECK(work(5) == 1010);
	/* Through another member: the same bytes. */
	either.data = (void *)one;
	holder.u.number = (long)one;
	CHECK_KEY(&either.fn, one);
	CHECK_KEY(&holder.u.fn, one);
	CHECK(work(5) == 606);
	return 0;
}
