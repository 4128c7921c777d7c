/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Elements of an array with constant index. */
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

int (*table[4])(int) STATIC_CALL_KEY = { one, two, one, two };
static int (*square[2][2])(int) STATIC_CALL_KEY = { { one, two }, { two, one } };

NOIPA int work(int x)
{
	return table[0](x) + 100 * (*table[3])(x) + 10000 * square[1][0](x) +
		1000000 * square[1][1](x);
}

int main(void)
{
	CHECK_KEY(&table[0], one);
	CHECK_KEY(&table[3], two);
	CHECK_KEY(&square[1][0], two);
	CHECK_KEY(&square[1][1], one);
	CHECK(work(5) == 6101006);
	CHECK(static_call_key_update(&table[3], one) == 0);
	CHECK(static_call_key_update(&square[1][1], two) == 0);
	CHECK_KEY(&table[0], one);
	CHECK_KEY(&table[3], one);
	CHECK_KEY(&square[1][0], two);
	CHECK_KEY(&square[1][1], two);
	CHECK(work(5) == 10100606);
	return 0;
}
