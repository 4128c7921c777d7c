/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An inline function in two units, and always_inline into many places. */
/* { dg-do run } */
/* { dg-additional-sources "inline-1-other.c" } */
/* { dg-final { direct-in work other_work } } */
#include "check.h"
#include "inline-1.h"

int (*key)(int) STATIC_CALL_KEY;

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

NOIPA int work(int x)
{
	return forced(x) + forced(x + 1) * 100 + shared(x) * 10000;
}

int main(void)
{
	CHECK(static_call_key_update(&key, one) == 0);
	CHECK_SITES(&key, one, 4);
	CHECK(work(5) == 60706);
	CHECK(other_work(5) == 1212);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_SITES(&key, two, 4);
	CHECK(work(5) == 101210);
	CHECK(other_work(5) == 2020);
	return 0;
}
