/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A key of const type: each target gives equal results for equal arguments, but two targets need
 * not give the same, so calls do not fold across a change of the key.
 */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "check.h"

static __attribute__((const)) NOIPA long one(long x)
{
	return x + 1;
}

static __attribute__((const)) NOIPA long two(long x)
{
	return x + 2;
}

long (*key)(long) __attribute__((const)) STATIC_CALL_KEY = one;

static NOIPA void change(void)
{
	key = two;
}

static NOIPA long updated(long x)
{
	long before = key(x);

	CHECK(static_call_key_update(&key, two) == 0);
	return before * 100 + key(x);
}

static NOIPA long stored(long x)
{
	long before = key(x);

	key = two;
	return before * 100 + key(x);
}

static NOIPA long changed(long x)
{
	long before = key(x);

	change();
	return before * 100 + key(x);
}

int main(void)
{
	CHECK_KEY(&key, one);
	CHECK(updated(0) == 102);
	CHECK_KEY(&key, two);
	CHECK(static_call_key_update(&key, one) == 0);
	CHECK(stored(0) == 102);
	CHECK(static_call_key_update(&key, one) == 0);
	CHECK(changed(0) == 102);
	CHECK_KEY(&key, two);
	return 0;
}
