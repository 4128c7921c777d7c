/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"

extern int (*key)(int) STATIC_CALL_KEY;
int one(int x);

int (*library_key)(int) STATIC_CALL_KEY = one;

NOIPA int library_call(int x)
{
	return key(x) + 200;
}

NOIPA int library_own(int x)
{
	return library_key(x) + 300;
}
