/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"
#include "static-3.h"

NOIPA static int same(int x)
{
	return x;
}

static int (*key)(int) STATIC_CALL_KEY = same;

NOIPA int other_work(int x)
{
	return key(x) + 200;
}

void other_set(int (*fn)(int))
{
	key = fn;
}

void other_check(int (*fn)(int))
{
	CHECK_KEY(&key, fn);
}
