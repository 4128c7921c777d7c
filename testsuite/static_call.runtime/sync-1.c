/* SPDX-License-Identifier: GPL-2.0-or-later */
/* static_call_key_sync after a store that the plugin cannot see; verify finds it before. */
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
	int (*a)(int);
	long number;
	int (*b)(int);
};

struct ops ops STATIC_CALL_KEY = { one, 1, one };
int (*other)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return ops.a(x) + 100 * ops.b(x) + 10000 * other(x);
}

/* The plugin follows no store through an integer. */
NOIPA void hidden_store(uintptr_t to, int (*fn)(int))
{
	asm volatile("movq %1, (%0)" : : "r"(to), "r"(fn) : "memory");
}

static void stale(void *key, size_t expected)
{
	struct static_call_key_info info;

	CHECK(static_call_key_query(key, &info) == 0);
	CHECK(info.stale == expected);
	CHECK(info.target == (static_call_key_fn)two);
}

int main(void)
{
	CHECK(static_call_key_verify() == 0);
	hidden_store((uintptr_t)&ops.a, two);
	hidden_store((uintptr_t)&ops.b, two);
	CHECK(static_call_key_verify() == 2);
	CHECK(work(5) == 60606);
	stale(&ops.a, 1);
	stale(&ops.b, 1);

	/* Only keys that lie in the range follow. */
	CHECK(static_call_key_sync(&ops.a, sizeof(ops.a)) == 0);
	CHECK(static_call_key_verify() == 1);
	CHECK(work(5) == 60610);
	CHECK(static_call_key_sync(&ops.number, sizeof(long)) == 0);
	CHECK(static_call_key_sync(&other, sizeof(other)) == 0);
	CHECK(static_call_key_sync(&ops.b, 0) == 0);
	CHECK(static_call_key_sync(NULL, 0) == 0);
	CHECK(static_call_key_verify() == 1);
	/* One byte of a key is enough. */
	CHECK(static_call_key_sync((char *)&ops.b + 7, 1) == 0);
	CHECK(static_call_key_verify() == 0);
	CHECK_KEY(&ops.a, two);
	CHECK_KEY(&ops.b, two);
	CHECK(work(5) == 61010);
	/* A range that is larger than all memory has all keys. */
	hidden_store((uintptr_t)&other, two);
	CHECK(static_call_key_sync(NULL, (size_t)-1) == 0);
	CHECK_KEY(&other, two);
	CHECK(work(5) == 101010);
	return 0;
}
