/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two branches that share one load of the pointer. */
/* { dg-do run } */
/* { dg-final { direct-in work work_copy } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = one;

NOIPA int work(int c, int x)
{
	if (c)
		return key(x) + 100;
	return key(-x) - 100;
}

NOIPA int work_copy(int c, int x)
{
	int (*p)(int) = key;

	if (c)
		return p(x) + 100;
	return p(-x) - 100;
}

int main(void)
{
	CHECK_SITES(&key, one, 2);
	CHECK(work(1, 5) == 106 && work(0, 5) == -104);
	CHECK(work_copy(1, 5) == 106 && work_copy(0, 5) == -104);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_SITES(&key, two, 2);
	CHECK(work(1, 5) == 110 && work(0, 5) == -110);
	CHECK(work_copy(1, 5) == 110 && work_copy(0, 5) == -110);
	return 0;
}
