/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"
#include "library-3.h"

NOIPA static int theirs(int x)
{
	return x + 1;
}

__attribute__((visibility("hidden"))) int (*hidden_key)(int) STATIC_CALL_KEY = theirs;
static int (*static_key)(int) STATIC_CALL_KEY = theirs;

NOIPA int library_work(int x)
{
	return hidden_key(x) + 100 * static_key(x);
}

void library_set(int (*fn)(int))
{
	hidden_key = fn;
	static_key = fn;
}

void library_check(void)
{
	CHECK_KEY(&hidden_key, hidden_key);
	CHECK_KEY(&static_key, hidden_key);
}
