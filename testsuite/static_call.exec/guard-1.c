/* SPDX-License-Identifier: GPL-2.0-or-later */
/* if (fp) fp(): the pointer is tested and called. */
/* { dg-do run } */
/* { dg-final { direct-in work work_void } } */
#include "check.h"

static int calls;

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x + 2;
}

NOIPA static void count(void)
{
	calls++;
}

int (*key)(int) STATIC_CALL_KEY = one;
void (*hook)(void) STATIC_CALL_KEY = NULL;

NOIPA int work(int x)
{
	if (key)
		return key(x) * 10;
	return -1;
}

NOIPA void work_void(void)
{
	if (hook)
		hook();
}

int main(void)
{
	CHECK_KEY(&key, one);
	CHECK(work(1) == 20);
	CHECK(static_call_key_update(&key, NULL) == 0);
	CHECK(work(1) == -1);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_KEY(&key, two);
	CHECK(work(1) == 30);

	work_void();
	CHECK(calls == 0);
	CHECK(static_call_key_update(&hook, count) == 0);
	CHECK_KEY(&hook, count);
	work_void();
	CHECK(calls == 1);
	CHECK(static_call_key_update(&hook, NULL) == 0);
	work_void();
	CHECK(calls == 1);
	return 0;
}
