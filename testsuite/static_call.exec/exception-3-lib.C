/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"

int library_throws(int x)
{
	throw x * 2;
}

extern int (*library_key)(int) STATIC_CALL_KEY;
int (*library_key)(int) = library_throws;

int library_calls(int x)
{
	return library_key(x) + 1;
}
