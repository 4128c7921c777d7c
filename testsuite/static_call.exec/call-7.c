/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call that does not return. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "check.h"
#include <setjmp.h>

static jmp_buf env;

NOIPA static void leave(int x)
{
	longjmp(env, x);
}

NOIPA static void leave_more(int x)
{
	longjmp(env, x + 100);
}

__attribute__((noreturn)) void (*die)(int) STATIC_CALL_KEY = (__typeof__(die))leave;

NOIPA void work(int x)
{
	die(x);
}

NOIPA static int caught(int x)
{
	int value = setjmp(env);

	if (!value)
		work(x);
	return value;
}

int main(void)
{
	CHECK_KEY(&die, leave);
	CHECK(caught(5) == 5);
	CHECK(static_call_key_update(&die, (__typeof__(die))leave_more) == 0);
	CHECK_KEY(&die, leave_more);
	CHECK(caught(5) == 105);
	return 0;
}
