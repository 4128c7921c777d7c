/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A state with a name: what one site learns, all know, calls and tail calls; sites of another
 * state do not.
 */
#include "dynamic.h"

STATES;
NAMED(ops, jump);
NAMED(other, thunk);
NAMED_CALL(first, ops);
NAMED_CALL(second, ops);
NAMED_TAIL(third, ops);
NAMED_CALL(stranger, other);
CALL(loner, jump);
MODULE_AUTO

static int see(const struct static_call_dynamic_info *info, void *data)
{
	const char *name = data;

	if (!info->name || strcmp(info->name, name))
		return 0;
	CHECK(!info->site);
	return 1 + info->state;
}

int main(void)
{
	const unsigned char *stranger_linked = led_to(stranger), *loner_linked = led_to(loner);
	long i;

	make_calls(stranger, 1, 1);
	make_calls(loner, 1, 1);
	for (i = 0; i < 20000; i++)
		check_call(first, i, i & 1);
	CHECK(learned(first, 2, 0) || learned(first, 2, 1));
	CHECK(led_to(first) == led_to(second) && led_to(first) == led_to(third));
	CHECK(led_to(stranger) == stranger_linked && led_to(loner) == loner_linked);
	CHECK(*site_of(third) == 0xe9 && *site_of(second) == 0xe8);
	for (i = 0; i < 1000; i++) {
		check_call(second, i, i % 16);
		check_call(third, i, i % 16);
	}
	CHECK(static_call_dynamic_for_each(see, "ops") == 1 + STATIC_CALL_DYNAMIC_LEARNED);
	CHECK(static_call_dynamic_for_each(see, "other") == 1 + STATIC_CALL_DYNAMIC_LEARNING);
	CHECK(static_call_dynamic_for_each(see, "third") == 0);
	puts("ok");
	return 0;
}
