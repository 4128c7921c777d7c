/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys of noexcept type, and a noexcept caller that an exception must not leave. */
/* { dg-do run } */
/* { dg-additional-options "-std=gnu++17" } */
/* { dg-final { check-static-call } } */
#include "abi.h"
#include <exception>

static int destroyed;

struct guard {
	~guard() { destroyed++; }
};

NOIPA static int quiet(int x) noexcept
{
	return x + 1;
}

NOIPA static int quiet_other(int x) noexcept
{
	return x + 2;
}

int (*quiet_key)(int) noexcept STATIC_CALL_KEY = quiet;

NOIPA static int returns(int x)
{
	return x + 1;
}

NOIPA static int throws(int x)
{
	throw x;
}

int (*key)(int) STATIC_CALL_KEY = returns;

NOIPA static int with_guard(int x)
{
	guard g;

	return quiet_key(x) * 10;
}

NOIPA static int swallows(int x) noexcept
{
	return key(x) * 10;
}

static int inside;

int main()
{
	CHECK_KEY(&quiet_key, quiet);
	CHECK(with_guard(1) == 20 && destroyed == 1);
	CHECK(static_call_key_update(&quiet_key, quiet_other) == 0);
	CHECK_KEY(&quiet_key, quiet_other);
	CHECK(with_guard(1) == 30 && destroyed == 2);

	CHECK_KEY(&key, returns);
	CHECK(swallows(1) == 20);
	CHECK(static_call_key_update(&key, throws) == 0);
	CHECK_KEY(&key, throws);
	std::set_terminate([] {
		CHECK(inside == 1);
		_Exit(0);
	});
	try {
		inside = 1;
		swallows(1);
	} catch (int) {
		CHECK(!"the exception left a noexcept function");
	}
	return 1;
}
