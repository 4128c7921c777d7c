/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions that fill memory, in code where speed counts and where size does: keys follow. */
/* { dg-do run } */
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
	fn first, second;
} ops STATIC_CALL_KEY = { one, one };

NOIPA static void copy(void *to, const void *from, size_t n)
{
	memcpy(to, from, n);
}

NOIPA __attribute__((cold)) static void copy_cold(void *to, const void *from, size_t n)
{
	memcpy(to, from, n);
}

NOIPA static void move(void *to, const void *from, size_t n)
{
	memmove(to, from, n);
}

NOIPA __attribute__((cold)) static void move_cold(void *to, const void *from, size_t n)
{
	memmove(to, from, n);
}

NOIPA static int clear(void *to, size_t n, int x)
{
	memset(to, 0, n);
	return x + 1;
}

NOIPA __attribute__((cold)) static int clear_cold(void *to, size_t n, int x)
{
	memset(to, 0, n);
	return x + 1;
}

NOIPA static int work(int x)
{
	return ops.first(x) + ops.second(x);
}

static void check_all(void (*copies)(void *, const void *, size_t),
		      int (*clears)(void *, size_t, int))
{
	static const struct ops other = { two, two };
	struct ops copy_of = { one, one };
	char text[40] = "text";

	copies(&ops, &other, sizeof(ops));
	CHECK(work(5) == 20);
	CHECK_KEY(&ops.first, two);
	CHECK_KEY(&ops.second, two);
	copies(&ops.second, &copy_of.second, sizeof(fn));
	CHECK(work(5) == 16);
	CHECK_KEY(&ops.second, one);
	copies(&copy_of, &other, sizeof(copy_of));
	CHECK(copy_of.first == two && work(5) == 16);
	CHECK(clears(&ops, sizeof(ops), 3) == 4);
	CHECK(static_call_key_verify() == 0);
	CHECK(clears(text, sizeof(text), 5) == 6 && !text[0]);
	copies(&ops, &copy_of, sizeof(ops));
	CHECK(work(5) == 20);
}

int main(void)
{
	CHECK(work(5) == 12);
	check_all(copy, clear);
	check_all(copy_cold, clear_cold);
	check_all(move, clear_cold);
	check_all(move_cold, clear);
	return 0;
}
