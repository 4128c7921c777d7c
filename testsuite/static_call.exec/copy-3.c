/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function between the load and the call may change the key: the old target is called. */
/* { dg-do run } */
/* { dg-final { scan-function work {(call|jmp)q? +\*} } } */
/* { dg-final { scan-function work_update {(call|jmp)q? +\*} } } */
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

NOIPA void change(void)
{
	key = new_target;
}

NOIPA int work(int x)
{
	int (*f)(int) = key;

	change();
	return f(x) + 100;
}

NOIPA int work_update(int x)
{
	int (*f)(int) = key;

	static_call_key_update(&key, old_target);
	return f(x) + 100;
}

NOIPA int again(int x)
{
	return key(x) + 100;
}

int main(void)
{
	CHECK(work(5) == 106);
	CHECK_KEY(&key, new_target);
	CHECK(again(5) == 110);
	CHECK(work_update(5) == 110);
	CHECK_KEY(&key, old_target);
	CHECK(again(5) == 106);
	return 0;
}
