/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls in a coroutine, before and after it is suspended. */
/* { dg-do run } */
/* { dg-additional-options "-std=gnu++20" } */
/* { dg-final { check-static-call } } */
#include "abi.h"
#include <coroutine>
#include <exception>

struct generator {
	struct promise_type {
		long value = 0;

		generator get_return_object()
		{
			return { std::coroutine_handle<promise_type>::from_promise(*this) };
		}
		std::suspend_always initial_suspend() { return {}; }
		std::suspend_always final_suspend() noexcept { return {}; }
		std::suspend_always yield_value(long v)
		{
			value = v;
			return {};
		}
		void return_void() { }
		void unhandled_exception() { std::terminate(); }
	};

	std::coroutine_handle<promise_type> handle;

	long next()
	{
		handle.resume();
		return handle.promise().value;
	}
};

NOIPA static long plain(long x)
{
	return x + 1;
}

NOIPA static long other(long x)
{
	return x * 100;
}

long (*key)(long) STATIC_CALL_KEY = plain;

static generator count(long x)
{
	long kept = key(x);

	co_yield kept;
	co_yield kept + key(x + 1);
	co_yield key(x) + key(kept);
}

int main()
{
	generator g = count(5);

	CHECK_SITES(&key, plain, 4);
	CHECK(g.next() == 6);
	CHECK(g.next() == 13);
	CHECK(static_call_key_update(&key, other) == 0);
	CHECK_SITES(&key, other, 4);
	CHECK(g.next() == 500 + 600);
	g.handle.destroy();
	return 0;
}
