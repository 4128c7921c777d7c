/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A copy of a struct of keys is no key: its members keep the old targets. */
/* { dg-do run } */
#include "check.h"

NOIPA static int old_target(int x)
{
	return x + 1;
}

NOIPA static int new_target(int x)
{
	return x * 2;
}

struct ops {
	long number;
	int (*call)(int);
};

struct ops ops STATIC_CALL_KEY = { 1, old_target };

NOIPA int work(int x)
{
	struct ops saved = ops;
	int before, after;

	before = saved.call(x);
	ops.call = new_target;
	after = saved.call(x);
	ops = saved;
	return before * 100 + after;
}

NOIPA int nested(int x)
{
	const struct ops *p = &ops;
	struct ops saved = *p;

	ops.call = new_target;
	return p->call(x) * 100 + saved.call(x);
}

NOIPA int again(int x)
{
	return ops.call(x) + 100;
}

int main(void)
{
	CHECK(work(5) == 606);
	CHECK_KEY(&ops.call, old_target);
	CHECK(again(5) == 106);
	CHECK(nested(5) == 1006);
	CHECK_KEY(&ops.call, new_target);
	CHECK(again(5) == 110);
	return 0;
}
