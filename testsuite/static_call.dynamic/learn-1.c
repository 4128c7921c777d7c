/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A site that calls one function gets a block for it, calls of another one still go there,
 * and what is not called is left alone.
 */
#include "dynamic.h"

STATES;
NAMED(ops, jump);
NAMED(tail_ops, jump);
NAMED_CALL(call, ops);
CALL(call_thunk, thunk);
NAMED_TAIL(tail, tail_ops);
TAIL(tail_thunk, thunk);
CALL(seldom, jump);
MODULE_AUTO

int main(void)
{
	static const caller often[] = { call, call_thunk, tail, tail_thunk };
	const unsigned char *as_linked[4], *seldom_linked = led_to(seldom);
	unsigned int i;

	CHECK(module.runtime && module.learn);
	for (i = 0; i < 4; i++) {
		as_linked[i] = led_to(often[i]);
		make_calls(seldom, 2, 1);
		make_calls(often[i], i, 100);
		CHECK(led_to(often[i]) == as_linked[i]);
		make_calls(often[i], i, 20000);
		CHECK(led_to(often[i]) != as_linked[i]);
		CHECK(learned(often[i], 1, i));
		make_calls(often[i], i, 100);
		make_calls(often[i], i + 1, 100);
		CHECK(learned(often[i], 1, i));
	}
	CHECK(led_to(seldom) == seldom_linked);
	puts("ok");
	return 0;
}
