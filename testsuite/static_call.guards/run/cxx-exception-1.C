// SPDX-License-Identifier: GPL-2.0-or-later
// Inlined functions that throw, and that others replace that do not, or the other way; destructors run.
// { dg-do run }
#include "guard.h"

static int alive;

struct counted {
	counted() { alive++; }
	~counted() { alive--; }
};

static int thrower(int x)
{
	if (x > 2)
		throw x;
	return x + 1;
}

static int quiet(int x) noexcept
{
	return x + 2;
}

NOIPA static int far_thrower(int x)
{
	if (x > 1)
		throw x + 100L;
	return x + 3;
}

static int (*const all[])(int) = { thrower, quiet, far_thrower };

int (*key)(int) STATIC_CALL_KEY = thrower;
int (*other)(int) STATIC_CALL_KEY = quiet;
int (*named)(int) STATIC_CALL_KEY_INLINE(thrower, quiet) = far_thrower;

template <int (*&hook)(int)> NOIPA int work(int x)
{
	counted one;

	try {
		counted two;

		return hook(x) * 10 + alive;
	} catch (int thrown) {
		return -thrown * 10 - alive;
	} catch (...) {
		counted three;

		return hook(0) * 1000 + alive;
	}
}

template <int (*&hook)(int)> NOIPA int through(int x)
{
	counted one;

	return hook(x) + hook(x + 1);
}

template <int (*&hook)(int)> NOIPA int caught(int x)
{
	try {
		return through<hook>(x);
	} catch (int thrown) {
		return -thrown;
	} catch (long thrown) {
		return -(int)thrown;
	}
}

template <int (*&hook)(int)> void check(int i)
{
	static const int small[] = { 22, 32, 42 }, large[] = { -51, 72, 3002 },
			 twice[] = { -3, 9, -102 };

	CHECK(work<hook>(1) == small[i]);
	CHECK(work<hook>(5) == large[i]);
	CHECK(caught<hook>(2) == twice[i]);
	CHECK(alive == 0);
	CHECK_GUARDED(&hook);
}

int main()
{
	for (int from = 0; from < 3; from++)
		for (int to = 0; to < 3; to++) {
			key = other = all[from];
			CHECK(static_call_key_update(&named, all[from]) == 0);
			check<key>(from);
			check<other>(from);
			check<named>(from);
			CHECK(static_call_key_update(&key, all[to]) == 0);
			CHECK(static_call_key_update(&other, all[to]) == 0);
			named = all[to];
			check<key>(to);
			check<other>(to);
			check<named>(to);
		}
	return 0;
}
