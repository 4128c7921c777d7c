/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++: stores by references, std::swap, std::exchange, placement new and std::fill. */
/* { dg-do run } */
#include "check.h"
#include <algorithm>
#include <new>
#include <utility>

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
	fn call;
};

fn key STATIC_CALL_KEY = one;
fn table[4] STATIC_CALL_KEY = { one, one, one, one };
ops object STATIC_CALL_KEY = { 1, one };

NOIPA static int work(int x)
{
	return key(x) + 100 * table[2](x) + 10000 * object.call(x);
}

NOIPA static void assign(fn &to, fn from)
{
	to = from;
}

int main()
{
	fn other = two;

	CHECK(work(5) == 60606);
	assign(key, two);
	CHECK_KEY(&key, two);
	assign(key, one);
	std::swap(key, other);
	CHECK_KEY(&key, two);
	CHECK(other == one);
	std::fill(table, table + 4, two);
	CHECK_KEY(&table[2], two);
	CHECK(work(5) == 61010);
	new (&object) ops{ 2, two };
	CHECK_KEY(&object.call, two);
	CHECK(work(5) == 101010);
	fn ones[4] = { one, one, one, one };
	std::copy(ones, ones + 4, table);
	CHECK_KEY(&table[2], one);
	CHECK(work(5) == 100610);
	return 0;
}
