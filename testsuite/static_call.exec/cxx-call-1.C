/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++: keys in a namespace, static members, inline variables, and references to keys. */
/* { dg-do run } */
/* { dg-additional-options "-std=c++17" } */
/* { dg-final { direct-in work } } */
/* { dg-final { check-static-call } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

namespace outer {
namespace {
int (*hidden)(int) STATIC_CALL_KEY = one;
}
int (*key)(int) STATIC_CALL_KEY = one;

class hooks {
public:
	static int (*member)(int) STATIC_CALL_KEY;
	static inline int (*inlined)(int) STATIC_CALL_KEY = one;
};
int (*hooks::member)(int) = one;
}

inline int (*shared)(int) STATIC_CALL_KEY = one;

extern "C" NOIPA int work(int x)
{
	return outer::key(x) + 100 * outer::hidden(x) + 10000 * outer::hooks::member(x) +
		1000000 * outer::hooks::inlined(x) + 100000000 * shared(x);
}

int main()
{
	CHECK_KEY(&outer::key, one);
	CHECK_KEY(&outer::hidden, one);
	CHECK_KEY(&outer::hooks::member, one);
	CHECK_KEY(&outer::hooks::inlined, one);
	CHECK_KEY(&shared, one);
	CHECK(work(2) == 303030303);
	CHECK(static_call_key_update(&outer::key, two) == 0);
	outer::hidden = two;
	CHECK(static_call_key_update(&outer::hooks::member, two) == 0);
	outer::hooks::inlined = two;
	CHECK(static_call_key_update(&shared, two) == 0);
	CHECK_KEY(&outer::key, two);
	CHECK_KEY(&outer::hidden, two);
	CHECK_KEY(&outer::hooks::member, two);
	CHECK_KEY(&outer::hooks::inlined, two);
	CHECK_KEY(&shared, two);
	CHECK(work(2) == 404040404);
	return 0;
}
