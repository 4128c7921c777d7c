/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "keys.h"

static NOIPA int add_hundred(int x)
{
	return x + 100;
}

static NOIPA int add_thousand(int x)
{
	return x + 1000;
}

static int (*local)(int) STATIC_CALL_KEY = add_thousand;
int (*shared)(int) STATIC_CALL_KEY = add_hundred;
struct ops ops = { 0, add_hundred };

int other(int x)
{
	return local(x) + shared(x) + ops.op(x);
}

void other_set(int (*fn)(int))
{
	local = fn;
}
