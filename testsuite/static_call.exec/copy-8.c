/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The key changes on one of the ways from the load to the call, or before a longjmp back. */
/* { dg-do run } */
#include "check.h"
#include <setjmp.h>

NOIPA static int old_target(int x)
{
	return x + 1;
}

NOIPA static int new_target(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = old_target;
static jmp_buf env;

NOIPA int on_one_way(int c, int x)
{
	int (*f)(int) = key;

	if (c)
		key = new_target;
	return f(x) + 100;
}

NOIPA int in_a_loop(int n)
{
	int (*f)(int) = key;
	int i, sum = 0;

	for (i = 0; i < n; i++) {
		sum = sum * 100 + f(i + 5);
		if (i == 1)
			key = new_target;
	}
	return sum;
}

NOIPA void leave(void)
{
	key = new_target;
	longjmp(env, 1);
}

NOIPA int after_longjmp(int x)
{
	int (*f)(int) = key;

	if (!setjmp(env))
		leave();
	return f(x) + 100;
}

NOIPA int again(int x)
{
	return key(x) + 100;
}

int main(void)
{
	CHECK(on_one_way(0, 5) == 106);
	CHECK(on_one_way(1, 5) == 106);
	CHECK(on_one_way(0, 5) == 110);
	key = old_target;
	CHECK(in_a_loop(3) == 60708);
	CHECK(key == new_target);
	key = old_target;
	CHECK(after_longjmp(5) == 106);
	CHECK_KEY(&key, new_target);
	CHECK(again(5) == 110);
	return 0;
}
