/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An exception thrown through a site, caught in the caller and in its caller; destructors run. */
/* { dg-do run } */
/* { dg-final { direct-in work catcher } } */
#include "check.h"

static int destroyed;

struct guard {
	~guard() { destroyed++; }
};

NOIPA static int throws(int x)
{
	throw x + 1;
}

NOIPA static int returns(int x)
{
	return x;
}

NOIPA static int throws_other(int x)
{
	throw static_cast<long>(x + 100);
}

int (*key)(int) STATIC_CALL_KEY = throws;

extern "C" NOIPA int work(int x)
{
	guard g;

	return key(x) + 5;
}

extern "C" NOIPA int catcher(int x)
{
	try {
		return key(x) + 5;
	} catch (int e) {
		return e * 1000;
	} catch (long e) {
		return (int)e * 100000;
	}
}

NOIPA static int outside(int x)
{
	try {
		return work(x);
	} catch (int e) {
		return e * 1000;
	} catch (...) {
		return -1;
	}
}

int main()
{
	CHECK_SITES(&key, throws, 2);
	CHECK(outside(5) == 6000 && destroyed == 1);
	CHECK(catcher(5) == 6000);
	CHECK(static_call_key_update(&key, returns) == 0);
	CHECK_SITES(&key, returns, 2);
	CHECK(outside(5) == 10 && destroyed == 2);
	CHECK(catcher(5) == 10);
	CHECK(static_call_key_update(&key, throws_other) == 0);
	CHECK_SITES(&key, throws_other, 2);
	CHECK(outside(5) == -1 && destroyed == 3);
	CHECK(catcher(5) == 10500000);
	CHECK(static_call_key_update(&key, throws) == 0);
	CHECK(outside(7) == 8000 && destroyed == 4);
	return 0;
}
