/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The guard with other forms: &&, ?:, early return, comparison with a function. */
/* { dg-do run } */
/* { dg-final { direct-in conjunction conditional early compared } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x + 2;
}

int (*key)(int) STATIC_CALL_KEY = one;

NOIPA int conjunction(int x)
{
	return key && key(x) > 10;
}

NOIPA int conditional(int x)
{
	return (key ? key(x) : 0) + 1;
}

NOIPA int early(int x)
{
	if (!key)
		return 0;
	x++;
	return key(x) + 1;
}

NOIPA int compared(int x)
{
	if (key != one)
		return key(x) + 1;
	return 77;
}

int main(void)
{
	CHECK_SITES(&key, one, 4);
	CHECK(conjunction(10) == 1 && conjunction(1) == 0);
	CHECK(conditional(1) == 3 && early(1) == 4 && compared(1) == 77);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_SITES(&key, two, 4);
	CHECK(conditional(1) == 4 && early(1) == 5 && compared(1) == 4);
	CHECK(static_call_key_update(&key, NULL) == 0);
	CHECK(conjunction(10) == 0 && conditional(1) == 1 && early(1) == 0);
	return 0;
}
