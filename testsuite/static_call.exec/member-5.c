/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Anonymous structs and unions, flexible nesting, and a member with a large offset. */
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

struct ops {
	char pad[100000];
	struct {
		int (*a)(int) STATIC_CALL_KEY;
		union {
			int (*b)(int) STATIC_CALL_KEY;
			long number;
		};
	};
};

struct ops ops = { .a = one, .b = two };

NOIPA int work(int x)
{
	return ops.a(x) + 100 * ops.b(x);
}

int main(void)
{
	CHECK_KEY(&ops.a, one);
	CHECK_KEY(&ops.b, two);
	CHECK(work(5) == 1006);
	CHECK(static_call_key_update(&ops.b, one) == 0);
	CHECK(static_call_key_update(&ops.a, two) == 0);
	CHECK_KEY(&ops.a, two);
	CHECK_KEY(&ops.b, one);
	CHECK(work(5) == 610);
	return 0;
}
