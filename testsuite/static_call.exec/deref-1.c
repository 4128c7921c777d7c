/* SPDX-License-Identifier: GPL-2.0-or-later */
/* (*fp)(x), (**fp)(x), and a call through the key's address. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
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

NOIPA int work(int x)
{
	return (*key)(x) + (**key)(x) * 100 + (*&key)(x) * 10000;
}

int main(void)
{
	CHECK_SITES(&key, one, 3);
	CHECK(work(5) == 60606);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_SITES(&key, two, 3);
	CHECK(work(5) == 101010);
	return 0;
}
