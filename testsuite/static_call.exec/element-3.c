/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An array of structs; a loop over it, which the compiler may unroll. */
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
	int number;
	int (*fn)(int) STATIC_CALL_KEY;
};

struct ops table[3] = { { 1, one }, { 2, two }, { 3, one } };

NOIPA int work(int x)
{
	return table[1].fn(x) + table[2].fn(x) * 100;
}

NOIPA int all(int x)
{
	int i, sum = 0;

	for (i = 0; i < 3; i++)
		sum = sum * 100 + table[i].fn(x);
	return sum;
}

int main(void)
{
	CHECK_KEY(&table[1].fn, two);
	CHECK_KEY(&table[2].fn, one);
	CHECK(work(5) == 610);
	CHECK(all(5) == 61006);
	CHECK(static_call_key_update(&table[2].fn, two) == 0);
	CHECK(static_call_key_update(&table[0].fn, two) == 0);
	CHECK_KEY(&table[1].fn, two);
	CHECK_KEY(&table[2].fn, two);
	CHECK(work(5) == 1010);
	CHECK(all(5) == 101010);
	return 0;
}
