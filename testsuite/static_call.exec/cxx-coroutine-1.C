/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++20: calls in a coroutine, before and after it was suspended. */
/* { dg-do run } */
/* { dg-additional-options "-std=c++20 -fcoroutines" } */
#include "check.h"
#include <coroutine>

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = one;

struct task {
	struct promise_type {
		int value = 0;

		task get_return_object()
		{
			return task{ std::coroutine_handle<promise_type>::from_promise(*this) };
		}
		std::suspend_always initial_suspend() { return {}; }
		std::suspend_always final_suspend() noexcept { return {}; }
		std::suspend_always yield_value(int v)
		{
			value = v;
			return {};
		}
		void return_void() { }
		void unhandled_exception() { abort(); }
	};

	std::coroutine_handle<promise_type> handle;

	int next()
	{
		handle.resume();
		return handle.promise().value;
	}
	~task() { handle.destroy(); }
};

static task work(int x)
{
	int (*saved)(int) = key;

	co_yield key(x);
	co_yield key(x);
	co_yield saved(x);
}

int main()
{
	{
		task t = work(5);

		CHECK(t.next() == 6);
		CHECK(static_call_key_update(&key, two) == 0);
		CHECK_SITES(&key, two, 2);
		CHECK(t.next() == 10);
		CHECK(t.next() == 6);
	}
	return 0;
}
