/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Atomic builtins that write a key. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

typedef int (*fn)(int);

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

fn key STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x) + 100;
}

NOIPA void store(fn *p, fn value)
{
	__atomic_store_n(p, value, __ATOMIC_SEQ_CST);
}

int main(void)
{
	fn value = one, old;

	__atomic_store_n(&key, two, __ATOMIC_RELEASE);
	CHECK_KEY(&key, two);
	CHECK(work(5) == 110);
	CHECK(__atomic_exchange_n(&key, one, __ATOMIC_SEQ_CST) == two);
	CHECK_KEY(&key, one);
	CHECK(work(5) == 106);
	CHECK(__atomic_compare_exchange_n(&key, &value, two, 0, __ATOMIC_SEQ_CST,
					  __ATOMIC_RELAXED));
	CHECK_KEY(&key, two);
	CHECK(work(5) == 110);
	CHECK(__sync_bool_compare_and_swap(&key, two, one));
	CHECK_KEY(&key, one);
	CHECK(__sync_val_compare_and_swap(&key, one, two) == one);
	CHECK_KEY(&key, two);
	value = one;
	__atomic_store(&key, &value, __ATOMIC_RELAXED);
	CHECK_KEY(&key, one);
	value = two;
	__atomic_exchange(&key, &value, &old, __ATOMIC_ACQ_REL);
	CHECK(old == one);
	CHECK_KEY(&key, two);
	store(&key, one);
	CHECK_KEY(&key, one);
	CHECK(work(5) == 106);
	CHECK(__sync_lock_test_and_set(&key, two) == one);
	CHECK_KEY(&key, two);
	CHECK(work(5) == 110);
	return 0;
}
