/* SPDX-License-Identifier: GPL-2.0-or-later */
/* noreturn keys: nothing need follow the call, not even the function's own end. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"
#include <setjmp.h>

static jmp_buf buffer;

__attribute__((noreturn)) NOIPA static void jump(int x)
{
	longjmp(buffer, x);
}

__attribute__((noreturn)) NOIPA static void jump_other(int x)
{
	longjmp(buffer, x + 100);
}

void (*key)(int) __attribute__((noreturn)) STATIC_CALL_KEY = jump;

__attribute__((noreturn)) NOIPA static void last(int x)
{
	key(x + 1);
}

NOIPA static int sometimes(int x)
{
	if (x > 0)
		key(x);
	return x;
}

static int land(int x, int use_last)
{
	int landed = setjmp(buffer);

	if (landed)
		return landed;
	if (use_last)
		last(x);
	return sometimes(x);
}

int main(void)
{
	CHECK_SITES(&key, jump, 2);
	CHECK(land(5, 1) == 6);
	CHECK(land(5, 0) == 5);
	CHECK(land(-5, 0) == -5);
	CHECK(static_call_key_update(&key, jump_other) == 0);
	CHECK_SITES(&key, jump_other, 2);
	CHECK(land(5, 1) == 106);
	CHECK(land(5, 0) == 105);
	return 0;
}
