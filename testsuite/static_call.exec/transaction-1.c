/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -fgnu-tm: keys that transactions call through, also by way of functions without attribute. */
/* { dg-do run } */
/* { dg-require-effective-target libitm } */
/* { dg-additional-options "-fgnu-tm" } */
#include "check.h"
#include <static_call.h>

__attribute__((transaction_safe)) int one(int x)
{
	return x + 1;
}

__attribute__((transaction_safe)) int two(int x)
{
	return x + 2;
}

int (*key)(int) __attribute__((transaction_safe)) STATIC_CALL_KEY = one;

static int helper(int x)
{
	return key(x) * 3;
}

int plain(int x)
{
	return key(x);
}

__attribute__((transaction_safe)) int safe(int x)
{
	return key(x);
}

int atomic(int x)
{
	int r;

	__transaction_atomic {
		r = key(x) + safe(x);
	}
	return r;
}

int relaxed(int x)
{
	int r;

	__transaction_relaxed {
		r = helper(x);
	}
	return r;
}

int main(void)
{
	CHECK(plain(1) == 2 && safe(1) == 2 && atomic(1) == 4 && relaxed(1) == 6);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK(plain(1) == 3 && safe(1) == 3 && atomic(1) == 6 && relaxed(1) == 9);
	return 0;
}
