/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A store preserves errno and the value of the assignment, in expressions and loops. */
/* { dg-do run } */
#include "check.h"
#include <errno.h>

typedef int (*fn)(int);

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

fn key STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x);
}

NOIPA int assigned(fn f, int x)
{
	int first = (key = f)(x);

	return first + key(x) * 100;
}

NOIPA int alternating(int n)
{
	int i, sum = 0;

	for (i = 0; i < n; i++) {
		key = i & 1 ? two : one;
		sum += key(10);
	}
	return sum;
}

int main(void)
{
	errno = ENOTTY;
	key = two;
	CHECK(errno == ENOTTY);
	CHECK_KEY(&key, two);
	CHECK(assigned(one, 5) == 606);
	CHECK_KEY(&key, one);
	CHECK(assigned(two, 5) == 1010);
	CHECK(alternating(100) == 50 * 11 + 50 * 20);
	CHECK_KEY(&key, two);
	CHECK(work(5) == 10);
	CHECK(errno == ENOTTY);
	return 0;
}
