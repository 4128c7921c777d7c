/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"
#include "library-1.h"

NOIPA int theirs(int x)
{
	return x * 2;
}

int (*key)(int) = theirs;
struct library_ops ops = { 1, theirs };

NOIPA int library_work(int x)
{
	return key(x) * 10 + ops.call(x) * 1000;
}

void library_set(int (*fn)(int))
{
	key = fn;
	ops.call = fn;
}
