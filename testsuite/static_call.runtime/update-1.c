/* SPDX-License-Identifier: GPL-2.0-or-later */
/* static_call_key_update: stores, retargets, returns 0; also without a change. */
/* { dg-do run } */
/* { dg-additional-options "-Wno-attributes" } */
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
int (*bystander)(int) STATIC_CALL_KEY = one;
int (*untagged)(int) = one;

NOIPA int work(int x)
{
	return key(x) + 100 * bystander(x);
}

int main(void)
{
	int i;

	for (i = 0; i < 1000; i++) {
		CHECK(static_call_key_update(&key, two) == 0);
		CHECK(key == two && work(5) == 610);
		CHECK(static_call_key_update(&key, two) == 0);
		CHECK(static_call_key_update(&key, one) == 0);
		CHECK(key == one && work(5) == 606);
	}
	CHECK_KEY(&key, one);
	CHECK_KEY(&bystander, one);
	CHECK(static_call_key_set(&key, (static_call_key_fn)two) == 0);
	CHECK_KEY(&key, two);
	/* A pointer without sites is only stored. */
	CHECK(static_call_key_update(&untagged, two) == 0);
	CHECK(untagged == two);
	CHECK(static_call_key_verify() == 0);
	return 0;
}
