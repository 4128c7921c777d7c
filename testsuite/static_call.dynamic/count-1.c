/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * With STATIC_CALL=count hits and misses are counted all the time, exactly if one thread
 * calls; without, or with other words, they are not.
 */
#include "dynamic.h"

STATES;
CALL(call, thunk);
TAIL(tail, thunk);
CALL(many, jump);
CALL(many_thunk, thunk);
MODULE_AUTO

static int see(const struct static_call_dynamic_info *info, void *data)
{
	if (info->site == site_of(call)) {
		CHECK(info->functions == 2 && info->function[0] == (void *)target_1);
		CHECK(info->count[0] == 3000 && info->count[1] == 1000 && info->others == 500);
		++*(int *)data;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct static_call_dynamic_stats before, after;
	int counts = argc > 1 && !strcmp(argv[1], "count"), seen = 0;
	long i;

	if (argc > 1 && !strcmp(argv[1], "off")) {
		make_calls(call, 1, 20000);
		CHECK(!module.learn && learned(call, 0, 0));
		CHECK(!static_call_dynamic_stats(&after) && after.why == -ECANCELED && after.off == 1);
		CHECK(static_call_dynamic_learn() == -ECANCELED);
		puts("ok");
		return 0;
	}
	for (i = 0; i < 400; i++) {
		check_call(call, i, i % 4 ? 1 : 2);
		check_call(tail, i, 3);
	}
	CHECK(!static_call_dynamic_learn());
	for (i = 0; i < 100000; i++) {
		check_call(many, i, i % 16);
		check_call(many_thunk, i, i % 16);
	}
	CHECK(learned(call, 2, 1) && learned(tail, 1, 3));
	CHECK(!static_call_dynamic_freeze() && !static_call_dynamic_stats(&before));
	CHECK(before.given_up == 2);
	for (i = 0; i < 4000; i++)
		check_call(call, i, i % 4 ? 1 : 2);
	make_calls(call, 5, 500);
	make_calls(tail, 3, 700);
	make_calls(tail, 4, 30);
	make_calls(many, 4, 100);
	make_calls(many_thunk, 4, 200);
	CHECK(!static_call_dynamic_stats(&after));
	CHECK(after.hits - before.hits == (counts ? 4700 : 0));
	CHECK(after.misses - before.misses == (counts ? 830 : 0));
	CHECK(!counts || (!static_call_dynamic_for_each(see, &seen) && seen == 1));
	puts("ok");
	return 0;
}
