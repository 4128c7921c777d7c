/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Static keys of one name in two units. */
/* { dg-do run } */
/* { dg-additional-sources "static-3-other.c" } */
#include "check.h"
#include "static-3.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

static int (*key)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x) + 100;
}

int main(void)
{
	CHECK_KEY(&key, one);
	CHECK(work(5) == 106 && other_work(5) == 205);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_KEY(&key, two);
	CHECK(work(5) == 110 && other_work(5) == 205);
	other_set(two);
	CHECK(work(5) == 110 && other_work(5) == 210);
	other_check(two);
	return 0;
}
