/* SPDX-License-Identifier: GPL-2.0-or-later */
/* memcpy, memmove and memset over keys, of constant and of unknown size. */
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

struct ops {
	long number;
	fn a, b;
};

struct ops ops STATIC_CALL_KEY = { 1, one, one };

NOIPA int work(int x)
{
	return (ops.a ? ops.a(x) : 0) + 100 * (ops.b ? ops.b(x) : 0);
}

NOIPA void copy_unknown(void *to, const void *from, size_t size)
{
	memcpy(to, from, size);
}

NOIPA void move_unknown(struct ops *to, const struct ops *from, size_t size)
{
	memmove(to, from, size);
}

int main(void)
{
	struct ops twos = { 2, two, two };
	fn f = one;

	memcpy(&ops, &twos, sizeof(ops));
	CHECK_KEY(&ops.a, two);
	CHECK_KEY(&ops.b, two);
	CHECK(work(5) == 1010);
	memcpy(&ops.a, &f, sizeof(f));
	CHECK_KEY(&ops.a, one);
	CHECK(work(5) == 1006);
	memmove(&ops.a, &ops.b, sizeof(f));
	CHECK_KEY(&ops.a, two);
	CHECK(work(5) == 1010);
	f = one;
	twos.a = twos.b = one;
	copy_unknown(&ops, &twos, sizeof(ops));
	CHECK_KEY(&ops.a, one);
	CHECK_KEY(&ops.b, one);
	CHECK(work(5) == 606);
	twos.a = twos.b = two;
	move_unknown(&ops, &twos, sizeof(ops));
	CHECK_KEY(&ops.a, two);
	CHECK_KEY(&ops.b, two);
	CHECK(work(5) == 1010);
	memset(&ops, 0, sizeof(ops));
	CHECK(ops.a == NULL);
	CHECK(static_call_key_verify() == 0);
	CHECK(work(5) == 0);
	return 0;
}
