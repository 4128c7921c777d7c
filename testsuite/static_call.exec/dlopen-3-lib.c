/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"

NOIPA static int two(int x)
{
	return x * 2;
}

int (*library_key)(int) STATIC_CALL_KEY = two;

NOIPA int library_work(int x)
{
	return library_key(x) + 1000;
}
