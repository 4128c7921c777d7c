/* SPDX-License-Identifier: GPL-2.0-or-later */
/* f = key; key = other; f(x): the old target is called. */
/* { dg-do run } */
/* { dg-final { scan-function work {(call|jmp)q? +\*} } } */
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
int (*volatile other)(int) = new_target;

NOIPA int work(int x)
{
	int (*f)(int) = key;

	key = other;
	return f(x) + 100;
}

NOIPA int again(int x)
{
	return key(x) + 100;
}

int main(void)
{
	CHECK_KEY(&key, old_target);
	CHECK(again(5) == 106);
	CHECK(work(5) == 106);
	CHECK(key == new_target);
	CHECK_KEY(&key, new_target);
	CHECK(again(5) == 110);
	CHECK(work(5) == 110);
	return 0;
}
