/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Asm between load and call that may write memory, and barriers: the old target is called. */
/* { dg-do run } */
/* { dg-final { scan-function work_asm {(call|jmp)q? +\*} } } */
#include "check.h"

NOIPA static int old_target(int x)
{
	return x + 1;
}

NOIPA static int new_target(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = old_target;

NOIPA int work_asm(int x, void *where, int (*what)(int))
{
	int (*f)(int) = key;

	asm volatile("movq %1, (%0)" : : "r"(where), "r"(what) : "memory");
	return f(x) + 100;
}

NOIPA int work_output(int x, int (*what)(int))
{
	int (*f)(int) = key;

	asm volatile("movq %1, %0" : "=m"(key) : "r"(what));
	return f(x) + 100;
}

NOIPA int again(int x)
{
	return key(x) + 100;
}

int main(void)
{
	CHECK(work_asm(5, &key, new_target) == 106);
	CHECK(key == new_target);
	CHECK(static_call_key_sync(&key, sizeof(key)) == 0);
	CHECK_KEY(&key, new_target);
	CHECK(again(5) == 110);
	CHECK(work_output(5, old_target) == 110);
	CHECK_KEY(&key, old_target);
	CHECK(again(5) == 106);
	return 0;
}
