/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pointer is copied to a struct, passed to a function, returned from one. */
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

typedef int (*fn)(int);

fn key STATIC_CALL_KEY = one;

struct holder {
	int number;
	fn function;
};

NOIPA int through(fn f, int x)
{
	static_call_key_update(&key, two);
	return f(x);
}

NOIPA fn current(void)
{
	return key;
}

NOIPA int work(int x)
{
	struct holder h = { x, key };

	return through(key, x) * 1000 + h.function(h.number) * 10 + (current()(x) == x * 2);
}

int main(void)
{
	CHECK(work(5) == 6061);
	CHECK(work(5) == 10101);
	return 0;
}
