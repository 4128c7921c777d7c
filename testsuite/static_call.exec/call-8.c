/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key that is weak, hidden, an alias or in a section of its own. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

NOIPA static int one(void)
{
	return 1;
}

NOIPA static int two(void)
{
	return 2;
}

int (*weak_key)(void) __attribute__((weak)) STATIC_CALL_KEY = one;
int (*hidden_key)(void) __attribute__((visibility("hidden"))) STATIC_CALL_KEY = one;
int (*placed_key)(void) __attribute__((section(".data.placed"))) STATIC_CALL_KEY = one;
int (*original)(void) STATIC_CALL_KEY = one;
extern int (*other_name)(void) __attribute__((alias("original"))) STATIC_CALL_KEY;

NOIPA int work(void)
{
	return weak_key() + 10 * hidden_key() + 100 * placed_key() + 1000 * original() +
		10000 * other_name();
}

int main(void)
{
	CHECK_KEY(&weak_key, one);
	CHECK_KEY(&hidden_key, one);
	CHECK_KEY(&placed_key, one);
	CHECK_SITES(&original, one, 2);
	CHECK(work() == 11111);
	CHECK(static_call_key_update(&weak_key, two) == 0);
	CHECK(static_call_key_update(&placed_key, two) == 0);
	CHECK(static_call_key_update(&other_name, two) == 0);
	CHECK_KEY(&weak_key, two);
	CHECK_KEY(&hidden_key, one);
	CHECK_KEY(&placed_key, two);
	CHECK_SITES(&original, two, 2);
	CHECK(work() == 22212);
	return 0;
}
