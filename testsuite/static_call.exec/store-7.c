/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arrays of keys: one element, by variable index, the whole in a struct, and zeroing. */
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

struct table {
	fn fn[3];
};

fn table[3] STATIC_CALL_KEY = { one, one, one };
struct table wrapped STATIC_CALL_KEY = { { one, one, one } };

NOIPA int work(int x)
{
	return table[0](x) + 100 * table[2](x) + 10000 * wrapped.fn[1](x);
}

NOIPA void set(int i, fn f)
{
	table[i] = f;
	wrapped.fn[i] = f;
}

NOIPA void set_all(fn f)
{
	int i;

	for (i = 0; i < 3; i++)
		table[i] = wrapped.fn[i] = f;
}

int main(void)
{
	struct table twos = { { two, two, two } };

	CHECK(work(5) == 60606);
	table[0] = two;
	CHECK_KEY(&table[0], two);
	CHECK(work(5) == 60610);
	set(2, two);
	CHECK_KEY(&table[2], two);
	CHECK(work(5) == 61010);
	set(1, two);
	CHECK_KEY(&wrapped.fn[1], two);
	CHECK(work(5) == 101010);
	set_all(one);
	CHECK_KEY(&table[0], one);
	CHECK_KEY(&table[2], one);
	CHECK_KEY(&wrapped.fn[1], one);
	CHECK(work(5) == 60606);
	wrapped = twos;
	CHECK_KEY(&wrapped.fn[1], two);
	CHECK(work(5) == 100606);
	memcpy(table, twos.fn, sizeof(table));
	CHECK_KEY(&table[0], two);
	CHECK_KEY(&table[2], two);
	CHECK(work(5) == 101010);
	wrapped = (struct table){ { NULL } };
	CHECK(static_call_key_verify() == 0);
	CHECK(wrapped.fn[1] == NULL);
	return 0;
}
