/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dynamic.h"

STATES;
NAMED(lib, jump);
__asm__(".hidden lib_call, lib_tail, lib_named");
CALL(lib_call, thunk);
TAIL(lib_tail, thunk);
NAMED_CALL(lib_named, lib);
MODULE_AUTO

long lib_target(long x)
{
	(void)x;
	return 2;
}

/* 2 or the number of the target, if all calls reached it. */
long lib_calls(target fn, long n)
{
	long i, first = lib_call(0, fn), r;

	for (i = 0; i < n; i++) {
		r = i % 3 == 0 ? lib_call(0, fn) : i % 3 == 1 ? lib_tail(0, fn) : lib_named(0, fn);
		if (r != first)
			return -1;
	}
	return first;
}
