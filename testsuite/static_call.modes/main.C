/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The C++ program of modes.exp: exceptions through sites, templates, virtual functions. */
#include "cxx-keys.h"

static NOIPA int add_one(int x)
{
	return x + 1;
}

static NOIPA int throws(int x)
{
	if (x < 0)
		throw static_cast<long>(x);
	throw failure{ x };
}

static function *local_key STATIC_CALL_KEY = add_one;

struct square : shape {
	int area(int x) override { return local_key(x) * shape::area(x); }
};

static __attribute__((cold)) NOIPA void complain()
{
	guard::alive += 0;
}

static NOIPA int rarely(int x)
{
	int sum = local_key(x);

	if (__builtin_expect(x > 50, 0)) {
		complain();
		sum += local_key(x) * 2;
		complain();
		sum += hooks::table::hook(x);
	}
	return sum;
}

static NOIPA int catches(int x)
{
	guard outer;

	try {
		guard inner;
		auto call = [x](int y) { return local_key(x + y); };

		return call(1) + doubled(x);
	} catch (const failure &f) {
		CHECK(guard::alive == 1);
		return f.value * 1000;
	}
}

static int through_other(int x)
{
	try {
		return other(x);
	} catch (const failure &f) {
		return f.value * 1000;
	}
}

static void check(function *local, function *both, function *hook)
{
	CHECK_SITES(&local_key, local, 3);
	other_check(both, hook, hooks::the_table.op);
	CHECK(guard::alive == 0);
}

EXPORT int main()
{
	square s;
	shape *p = &s;

	asm("" : "+r" (p));
	check(add_one, add_hundred, add_hundred);
	CHECK(catches(1) == 3 + 202 && p->area(1) == 2 * 101);
	CHECK(rarely(1) == 2 && rarely(60) == 61 * 3 + 160);
	CHECK(other(1) == 101 + 202 && other_tail(1) == 102);
	CHECK(doubled(1u) == 202);

	CHECK(static_call_key_update(&local_key, throws) == 0);
	check(throws, add_hundred, add_hundred);
	CHECK(catches(4) == 5000);

	local_key = add_one;
	other_change(add_one);
	hooks::table::hook = throws;
	check(add_one, add_one, throws);
	CHECK(other(-1) == -1 && through_other(3) == 3000 && other_tail(1) == 3);
	CHECK(p->area(2) == 9 && doubled(4l) == 10);

	hooks::the_table = hooks::table{ 2, add_hundred };
	hooks::table::hook = add_one;
	other_change(throws);
	check(add_one, throws, add_one);
	CHECK(catches(5) == 5000 && through_other(6) == 6000 && other(-1) == -1);
	other_change(add_hundred);
	check(add_one, add_hundred, add_one);
	CHECK(rarely(60) == 61 * 3 + 61 && guard::alive == 0);
	CHECK(static_call_key_verify() == 0);
	return 0;
}
