/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields beside keys: bit-fields, arrays of char, and stores that only touch those. */
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
	unsigned int a : 3, b : 5;
	char name[8];
	int (*fn)(int);
	unsigned long flags : 40;
};

struct ops ops STATIC_CALL_KEY = { 1, 2, "ops", one, 3 };

NOIPA int work(int x)
{
	return ops.fn(x) + ops.a + ops.b;
}

int main(void)
{
	CHECK_KEY(&ops.fn, one);
	ops.a = 4;
	ops.b = 17;
	ops.flags = 0xffffffffff;
	memcpy(ops.name, "1234567", 8);
	CHECK_KEY(&ops.fn, one);
	CHECK(work(5) == 6 + 4 + 17);
	ops.fn = two;
	CHECK_KEY(&ops.fn, two);
	CHECK(work(5) == 10 + 4 + 17);
	CHECK(ops.flags == 0xffffffffff);
	return 0;
}
