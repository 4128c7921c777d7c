/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One call that several keys may lead to. */
/* { dg-do run } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*first)(int) STATIC_CALL_KEY = one;
int (*second)(int) STATIC_CALL_KEY = two;

NOIPA int conditional(int c, int x)
{
	return (c ? first : second)(x) + 100;
}

NOIPA int joined(int c, int x)
{
	int (*p)(int);

	if (c)
		p = first;
	else
		p = second;
	return p(x) + 100;
}

NOIPA int half_tagged(int c, int x)
{
	int (*p)(int) = one;

	if (c)
		p = second;
	return p(x) + 100;
}

int main(void)
{
	CHECK(conditional(1, 5) == 106 && conditional(0, 5) == 110);
	CHECK(joined(1, 5) == 106 && joined(0, 5) == 110);
	CHECK(half_tagged(1, 5) == 110 && half_tagged(0, 5) == 106);
	CHECK(static_call_key_update(&first, two) == 0);
	CHECK(static_call_key_update(&second, one) == 0);
	CHECK(conditional(1, 5) == 110 && conditional(0, 5) == 106);
	CHECK(joined(1, 5) == 110 && joined(0, 5) == 106);
	CHECK(half_tagged(1, 5) == 106 && half_tagged(0, 5) == 106);
	CHECK(static_call_key_verify() == 0);
	return 0;
}
