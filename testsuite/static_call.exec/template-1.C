/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A template and an inline function in two units: comdat. */
/* { dg-do run } */
/* { dg-additional-sources "template-1-other.C" } */
/* { dg-final { check-static-call } } */
#include "check.h"
#include "template-1.h"

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x * 2;
}

int (*key)(int) = one;

int main()
{
	CHECK_SITES(&key, one, 2);
	CHECK(scaled<int>(5, 2) == 12 && other_scaled(5) == 18);
	CHECK(shared(5) == 106 && other_shared(5) == 106);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_SITES(&key, two, 2);
	CHECK(scaled<int>(5, 2) == 20 && other_scaled(5) == 30);
	CHECK(shared(5) == 110 && other_shared(5) == 110);
	CHECK(holder<long>::call(5) == 4 && other_holder(5) == 4);
	CHECK(static_call_key_update(&holder<long>::key, two) == 0);
	CHECK(holder<long>::call(5) == 10 && other_holder(5) == 10);
	CHECK_KEY(&holder<long>::key, two);
	return 0;
}
