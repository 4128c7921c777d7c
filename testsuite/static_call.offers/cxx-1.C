/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++: namespaces, static members, templates, overloads; a predicate may throw. */
/* { dg-do run } */
#include "check.h"

namespace generic {
NOIPA int one(int x)
{
	return x + 1;
}
}

namespace fast {
NOIPA int one(int x)
{
	return x + 2;
}

NOIPA long one(long x)
{
	return x + 3;
}

template <typename T> NOIPA T two(T x)
{
	return x + 4;
}
}

static bool throws;
static int asked;

static int can()
{
	asked++;
	if (throws)
		throw 7;
	return 1;
}

struct holder {
	static int (*hook)(int) STATIC_CALL_KEY;
};

template <typename T> struct keys {
	static T (*hook)(T) STATIC_CALL_KEY;
};

int (*holder::hook)(int) = generic::one;
template <typename T> T (*keys<T>::hook)(T) STATIC_CALL_KEY = nullptr;

namespace {
int (*hidden)(int) STATIC_CALL_KEY = generic::one;
STATIC_CALL_KEY_OFFER(hidden, fast::one, can, 1);
}
STATIC_CALL_KEY_OFFER(holder::hook, fast::one, nullptr, 1);
STATIC_CALL_KEY_OFFER(keys<long>::hook, fast::one, NULL, 1);
STATIC_CALL_KEY_OFFER(keys<long>::hook, fast::two<long>, 0, 2);

NOIPA int work(int x)
{
	return hidden(x) + 10 * holder::hook(x);
}

int main()
{
	int caught = 0;

	if (!CHECK_PATCHED) {
		CHECK(work(0) == 11 && !keys<long>::hook && !asked);
		return 0;
	}
	CHECK(asked == 1);
	CHECK(work(0) == 22);
	CHECK(keys<long>::hook(0) == 4);
	CHECK(static_call_key_update(&hidden, generic::one) == 0);
	throws = true;
	try {
		static_call_key_select(&hidden);
	} catch (int thrown) {
		caught = thrown;
	}
	CHECK(caught == 7 && asked == 2 && work(0) == 21);
	throws = false;
	CHECK(static_call_key_select(&hidden) == 0);
	CHECK(work(0) == 22);
	return 0;
}
