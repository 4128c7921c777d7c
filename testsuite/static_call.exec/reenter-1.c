/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The callee retargets the site that called it. */
/* { dg-do run } */
/* { dg-final { direct-in work work_tail } } */
#include "check.h"

static int first(int x), second(int x);

int (*key)(int) STATIC_CALL_KEY = first;

NOIPA static int first(int x)
{
	CHECK(static_call_key_update(&key, second) == 0);
	CHECK_KEY(&key, second);
	return x + 1;
}

NOIPA static int second(int x)
{
	key = first;
	CHECK_KEY(&key, first);
	return x * 2;
}

NOIPA int work(int x)
{
	return key(x) + 100;
}

NOIPA int work_tail(int x)
{
	return key(x);
}

int main(void)
{
	int i;

	for (i = 0; i < 50; i++) {
		CHECK(work(5) == 106);
		CHECK(work(5) == 110);
		CHECK(work_tail(5) == 6);
		CHECK(work_tail(5) == 10);
	}
	return 0;
}
