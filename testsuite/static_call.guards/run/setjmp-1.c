/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls in a function that setjmp() returns to, from the inlined function and from another. */
/* { dg-do run } */
#include <setjmp.h>

#include "guard.h"

static jmp_buf env;

static int jump(int x)
{
	if (x > 2)
		longjmp(env, x);
	return x + 1;
}

NOIPA static int jump_too(int x)
{
	if (x > 1)
		longjmp(env, x + 10);
	return x + 2;
}

int (*key)(int) STATIC_CALL_KEY = jump;

NOIPA int work(int x)
{
	volatile int seen = 0;
	int back = setjmp(env);

	if (back)
		return back * 100 + seen;
	seen = 1;
	seen += key(x);
	seen += key(x + 1);
	return seen;
}

int main(void)
{
	int i;

	for (i = 0; i < 3; i++) {
		CHECK(work(0) == 4 && work(2) == 304 && work(3) == 301);
		CHECK(static_call_key_update(&key, jump_too) == 0);
		CHECK(work(0) == 6 && work(1) == 1204 && work(2) == 1201);
		CHECK_GUARDED(&key);
		key = jump;
		CHECK_GUARDED(&key);
	}
	return 0;
}
