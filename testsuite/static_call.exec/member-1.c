/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Members of a tagged struct: every object with static storage holds keys. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
/* { dg-final { check-static-call } } */
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
	int number;
	int (*open)(int) STATIC_CALL_KEY;
	int (*close)(int) STATIC_CALL_KEY;
};

struct ops first = { 1, one, two };
static struct ops second = { 2, two, one };

NOIPA int work(int x)
{
	return first.open(x) + 100 * first.close(x) + 10000 * second.open(x) +
		1000000 * second.close(x);
}

int main(void)
{
	CHECK_KEY(&first.open, one);
	CHECK_KEY(&first.close, two);
	CHECK_KEY(&second.open, two);
	CHECK_KEY(&second.close, one);
	CHECK(work(5) == 6101006);
	CHECK(static_call_key_update(&first.open, two) == 0);
	CHECK(static_call_key_update(&second.close, two) == 0);
	CHECK_KEY(&first.open, two);
	CHECK_KEY(&first.close, two);
	CHECK_KEY(&second.open, two);
	CHECK_KEY(&second.close, two);
	CHECK(work(5) == 10101010);
	return 0;
}
