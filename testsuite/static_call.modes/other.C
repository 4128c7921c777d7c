/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cxx-keys.h"

EXPORT NOIPA int add_hundred(int x)
{
	return x + 100;
}

int guard::alive;
function *hooks::table::hook STATIC_CALL_KEY = add_hundred;
hooks::table hooks::the_table = { 1, add_hundred };
function *shared STATIC_CALL_KEY = add_hundred;

EXPORT shape::~shape()
{
	hooks::the_table.op(0);
}

EXPORT NOIPA int other(int x)
{
	guard g;

	try {
		return hooks::table::hook(x) + doubled(static_cast<short>(x));
	} catch (long) {
		return -1;
	}
}

EXPORT NOIPA int other_tail(int x)
{
	return hooks::the_table.op(x + 1);
}

EXPORT NOIPA void other_change(function *fn)
{
	hooks::table *p = &hooks::the_table;

	p->op = fn;
	shared = fn;
}

EXPORT NOIPA void other_check(function *both, function *hook, function *member)
{
	CHECK_SITES(&shared, both, 2);
	CHECK_KEY(&hooks::table::hook, hook);
	CHECK_SITES(&hooks::the_table.op, member, 2);
}

EXPORT NOIPA int unused_one(int x)
{
	return shared(x) + 33;
}

EXPORT NOIPA int unused_two(int x)
{
	return shared(x) + 33;
}
