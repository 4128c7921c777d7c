/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the program says: use what is known, learn no more, learn again; and what it is told.
 */
#include "dynamic.h"

STATES;
CALL(call, thunk);
CALL(seldom, jump);
CALL(later, thunk);
CALL(many, thunk);
MODULE_AUTO

struct seen {
	const void *site;
	struct static_call_dynamic_info info;
	size_t n;
};

static int see(const struct static_call_dynamic_info *info, void *data)
{
	struct seen *seen = data;

	seen->n++;
	if (info->site == seen->site)
		seen->info = *info;
	return 0;
}

static struct static_call_dynamic_info info_of(caller fn)
{
	struct seen seen = { .site = site_of(fn) };

	CHECK(!static_call_dynamic_for_each(see, &seen));
	CHECK(seen.info.site == seen.site);
	return seen.info;
}

static struct static_call_dynamic_stats stats_now(void)
{
	struct static_call_dynamic_stats stats;
	struct seen seen = { 0 };

	CHECK(!static_call_dynamic_stats(&stats));
	CHECK(!static_call_dynamic_for_each(see, &seen) && seen.n == stats.seen);
	CHECK(stats.learning + stats.learned + stats.given_up + stats.refused == stats.seen);
	CHECK(stats.sites == 4 && stats.modules == 1);
	return stats;
}

static int stop_at_once(const struct static_call_dynamic_info *info, void *data)
{
	(void)info;
	(void)data;
	return 7;
}

static void all_targets(long n)
{
	long i;

	for (i = 0; i < n; i++)
		check_call(many, i, i % 16);
}

int main(void)
{
	const unsigned char *as_linked = led_to(later);
	struct static_call_dynamic_stats stats;
	struct static_call_dynamic_info info;
	long i;

	CHECK(static_call_dynamic_stats(NULL) == -EINVAL);
	stats = stats_now();
	CHECK(stats.seen == 0 && stats.counted == 0 && stats.off == 0 && stats.why == 0);

	/* What has been called often enough is used at once. */
	for (i = 0; i < 100; i++)
		check_call(call, i, i % 4 == 0);
	make_calls(seldom, 1, 3);
	info = info_of(call);
	CHECK(info.state == STATIC_CALL_DYNAMIC_LEARNING && info.functions == 2);
	CHECK(info.function[0] == (void *)target_0 && info.count[0] == 75 && info.count[1] == 25);
	CHECK(!info.others && !info.name);
	CHECK(!static_call_dynamic_learn());
	CHECK(learned(call, 2, 0));
	info = info_of(call);
	CHECK(info.state == STATIC_CALL_DYNAMIC_LEARNED && info.functions == 2);
	CHECK(info.function[0] == (void *)target_0 && info.function[1] == (void *)target_1);
	CHECK(info.budget > 0);
	CHECK(info_of(seldom).state == STATIC_CALL_DYNAMIC_LEARNING);
	stats = stats_now();
	CHECK(stats.seen == 2 && stats.learned == 1 && stats.learning == 1 && stats.counted == 103);
	CHECK(stats.switches == 1 && stats.block_bytes && stats.memory_bytes &&
	      stats.address_bytes > stats.memory_bytes);
	CHECK(!stats.hits && !stats.misses);
	CHECK(static_call_dynamic_for_each(stop_at_once, NULL) == 7);

	/* Too many targets are given up, and looked at again when the program says so. */
	all_targets(40000);
	CHECK(info_of(many).state == STATIC_CALL_DYNAMIC_GIVEN_UP);
	CHECK(!static_call_dynamic_learn());
	CHECK(info_of(many).state == STATIC_CALL_DYNAMIC_LEARNING);
	make_calls(many, 5, 100);
	CHECK(!static_call_dynamic_learn());
	CHECK(learned(many, 1, 5));

	/* Frozen: nothing is counted, nothing changes. */
	make_calls(later, 2, 10);
	CHECK(!static_call_dynamic_freeze());
	CHECK(!module.learn);
	stats = stats_now();
	CHECK(stats.off == 1 && !stats.why);
	make_calls(later, 2, 100000);
	for (i = 0; i < 100000; i++)
		check_call(call, i, i % 16);
	CHECK(led_to(later) == as_linked && learned(call, 2, 0));
	CHECK(stats_now().counted == stats.counted && stats_now().switches == stats.switches);

	/* And again. */
	CHECK(!static_call_dynamic_learn());
	CHECK(module.learn && stats_now().off == 0);
	make_calls(later, 2, 20000);
	CHECK(learned(later, 1, 2));
	puts("ok");
	return 0;
}
