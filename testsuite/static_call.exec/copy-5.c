/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The saved pointer of a hook that is replaced and restored, as interposers do. */
/* { dg-do run } */
#include "check.h"

NOIPA static int base(int x)
{
	return x + 1;
}

int (*hook)(int) STATIC_CALL_KEY = base;
static int (*saved)(int);

NOIPA static int wrapper(int x)
{
	int value;

	hook = saved;
	value = hook(x) + 1000;
	saved = hook;
	hook = wrapper;
	return value;
}

NOIPA int work(int x)
{
	return hook(x) + 100;
}

int main(void)
{
	CHECK(work(5) == 106);
	saved = hook;
	hook = wrapper;
	CHECK_KEY(&hook, wrapper);
	CHECK(work(5) == 1106);
	CHECK(work(6) == 1107);
	CHECK_KEY(&hook, wrapper);
	hook = saved;
	CHECK_KEY(&hook, base);
	CHECK(work(5) == 106);
	return 0;
}
