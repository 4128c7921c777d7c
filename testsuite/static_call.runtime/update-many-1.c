/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A batch: all keys change, in order, the last change of a key stands. */
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

struct ops {
	int (*a)(int), (*b)(int), (*c)(int);
};

int (*key)(int) STATIC_CALL_KEY = one;
struct ops ops STATIC_CALL_KEY = { one, one, one };

NOIPA int work(int x)
{
	return key(x) + 100 * ops.a(x) + 10000 * ops.b(x) + 1000000 * ops.c(x);
}

int main(void)
{
	struct static_call_key_change changes[] = {
		{ &key, (static_call_key_fn)two },
		{ &ops.c, (static_call_key_fn)two },
		{ &ops.a, (static_call_key_fn)two },
		{ &key, (static_call_key_fn)one },
		{ &ops.a, (static_call_key_fn)two },
	};

	CHECK(static_call_key_update_many(NULL, 0) == 0);
	CHECK(static_call_key_update_many(changes, 0) == 0);
	CHECK(work(5) == 6060606);
	CHECK(static_call_key_update_many(changes, 5) == 0);
	CHECK_KEY(&key, one);
	CHECK_KEY(&ops.a, two);
	CHECK_KEY(&ops.b, one);
	CHECK_KEY(&ops.c, two);
	CHECK(work(5) == 10061006);
	CHECK(static_call_key_update_many(changes, 1) == 0);
	CHECK_KEY(&key, two);
	CHECK(work(5) == 10061010);
	return 0;
}
