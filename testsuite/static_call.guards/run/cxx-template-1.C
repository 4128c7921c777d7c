// SPDX-License-Identifier: GPL-2.0-or-later
// Keys and functions that are members of templates, inline variables, static methods, lambdas around calls.
// { dg-do run }
// { dg-options "-std=c++17" }
#include "guard.h"

template <class T> struct hooks {
	static T add(T x) { return x + 1; }
	static T (*hook)(T) STATIC_CALL_KEY;
};
template <class T> T (*hooks<T>::hook)(T) STATIC_CALL_KEY = hooks<T>::add;

template <class T> NOIPA T twice(T x)
{
	return x * 2;
}

struct object {
	static int negate(int x) noexcept { return -x; }
};

inline int (*shared)(int) STATIC_CALL_KEY_INLINE(object::negate, twice<int>) = object::negate;

template <class T> NOIPA T work(T x)
{
	return hooks<T>::hook(x) + hooks<T>::hook(x + 1);
}

NOIPA int through(int x)
{
	auto call = [x](int y) { return shared(x) + shared(y); };

	return call(x + 1) + call(x + 2);
}

int main()
{
	for (int i = 0; i < 3; i++) {
		CHECK(work(3) == 9 && work(3L) == 9);
		CHECK(static_call_key_update(&hooks<int>::hook, twice<int>) == 0);
		CHECK(work(3) == 14 && work(3L) == 9);
		CHECK_GUARDED(&hooks<int>::hook);
		CHECK_GUARDED(&hooks<long>::hook);
		hooks<int>::hook = hooks<int>::add;
		CHECK_GUARDED(&hooks<int>::hook);

		CHECK(through(1) == -7);
		shared = twice<int>;
		CHECK_GUARDED(&shared);
		CHECK(through(1) == 14);
		CHECK(static_call_key_update(&shared, object::negate) == 0);
		CHECK_GUARDED(&shared);
	}
	return 0;
}
