/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What targets throw goes through calls that are counted, that decide and that have learned.
 */
extern "C" {
#include "dynamic.h"
STATES;
CALL(call, jump);
CALL(call_thunk, thunk);
TAIL(tail, jump);
NAMED(ops, jump);
NAMED_TAIL(named, ops);
}
MODULE_AUTO

static long thrower(long x)
{
	if (x % 3 == 0)
		throw x;
	return -x;
}

int main()
{
	static const caller fns[] = { call, call_thunk, tail, named };
	target to[6];

	for (caller fn : fns) {
		for (long x = 0; x < 5000; x++) {
			long caught = -1;

			try {
				CHECK(fn(x, thrower) == -x && x % 3);
			} catch (long what) {
				caught = what;
			}
			CHECK(x % 3 ? caught == -1 : caught == x);
		}
		if (fn == call || fn == tail)
			CHECK(is_left(fn));
		else
			CHECK(compared(led_to(fn), to) == 1 && to[0] == thrower);
	}
	puts("ok");
	return 0;
}
