/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A struct that is a tagged member, written through a pointer to its type: the tag covers it. */
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

struct inner {
	long number;
	int (*call)(int);
};

struct outer {
	long number;
	struct inner inner STATIC_CALL_KEY;
} outer = { 1, { 2, one } };

NOIPA static void copy(struct inner *to, const struct inner *from)
{
	memcpy(to, from, sizeof(*to));
}

NOIPA static int work(int x)
{
	return outer.inner.call(x);
}

int main(void)
{
	struct inner other = { 3, two };

	CHECK(work(5) == 6);
	copy(&outer.inner, &other);
	CHECK(work(5) == 10);
	CHECK_KEY(&outer.inner.call, two);
	return 0;
}
