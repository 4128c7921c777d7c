/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"
#include "extern-1.h"

NOIPA int two(int x)
{
	return x * 2;
}

int (*key)(int) = two;
struct extern_ops ops = { 1, two };

NOIPA int other_work(int x)
{
	return key(x) * 10 + ops.call(x) * 1000;
}

void other_set(int (*fn)(int))
{
	ops.call = fn;
}
