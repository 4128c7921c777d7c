/* SPDX-License-Identifier: GPL-2.0-or-later */
/* As scope-1.c, with a destructor. */
/* { dg-do run } */
#include "check.h"

static NOIPA int one(int x)
{
	return x + 1;
}

static NOIPA int two(int x)
{
	return x + 2;
}

int (*key)(int) STATIC_CALL_KEY = one;

struct guard {
	~guard();
};

NOIPA guard::~guard()
{
	CHECK(static_call_key_update(&key, two) == 0);
}

NOIPA int work(int x)
{
	return ({
		guard g;

		key;
	})(x);
}

int main(void)
{
	CHECK(work(1) == 2);
	CHECK(work(1) == 3);
	return 0;
}
