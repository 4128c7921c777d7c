/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++: std::atomic of a pointer, tagged: whatever is direct, every store is seen by the next call. */
/* { dg-do run } */
/* { dg-additional-options "-Wno-attributes" } */
#include "check.h"
#include <atomic>

typedef int (*fn)(int);

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

std::atomic<fn> key STATIC_CALL_KEY(one);

NOIPA static int work(int x)
{
	return key.load(std::memory_order_acquire)(x) + 100 * key(x);
}

int main()
{
	fn expected = two;

	CHECK(work(5) == 606);
	key.store(two, std::memory_order_release);
	CHECK(work(5) == 1010);
	key = one;
	CHECK(work(5) == 606);
	CHECK(key.exchange(two) == one);
	CHECK(work(5) == 1010);
	CHECK(key.compare_exchange_strong(expected, one));
	CHECK(work(5) == 606);
	CHECK(static_call_key_verify() == 0);
	return 0;
}
