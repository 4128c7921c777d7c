/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pointer is the value of a statement expression, and the cleanup of a variable
 * in there changes the key: the call reaches the old target.
 */
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

static NOIPA void change(int *unused)
{
	(void)unused;
	CHECK(static_call_key_update(&key, two) == 0);
}

NOIPA int work(int x)
{
	return ({
		int guard __attribute__((cleanup(change))) = 0;

		(void)guard;
		key;
	})(x);
}

int main(void)
{
	CHECK(work(1) == 2);
	CHECK(work(1) == 3);
	return 0;
}
