/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The unit that defines the shared keys, and has a static one with a name of main.c's. */
#include "keys.h"

#ifdef ONE_UNIT
#define local_key other_local_key
#endif

static NOIPA int add_hundred(int x)
{
	return x + 100;
}

static NOIPA int add_thousand(int x)
{
	return x + 1000;
}

static function *local_key STATIC_CALL_KEY = add_thousand;
function *shared STATIC_CALL_KEY = add_hundred;
struct table table = { 1, { add_hundred } };

EXPORT NOIPA int other(int x)
{
	int sum = both_units(x) + table.inner.op(x);
	int i;

	for (i = 0; i < 3; i++)
		sum += local_key(i);
	return sum;
}

EXPORT NOIPA int other_tail(int x)
{
	return table.inner.op(x + 1);
}

EXPORT NOIPA void other_change(function *fn)
{
	function **p = &local_key;

	*p = fn ? fn : add_thousand;
	shared = fn ? fn : add_hundred;
}

EXPORT NOIPA void other_check(function *local, function *both, function *member)
{
	CHECK_KEY(&local_key, local ? local : add_thousand);
	CHECK_KEY(&shared, both ? both : add_hundred);
	CHECK_SITES(&table.inner.op, member ? member : add_hundred, 2);
}

/* Nobody calls these two, and they are alike. */
EXPORT NOIPA int unused_one(int x)
{
	return shared(x) + 33;
}

EXPORT NOIPA int unused_two(int x)
{
	return shared(x) + 33;
}

#ifdef ONE_UNIT
#undef local_key
#endif
