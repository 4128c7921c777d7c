/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The targets of a call change: it learns anew. When they change back, the code that was written
 * before serves again; when they stay as mixed as they are, it is left alone for longer and
 * longer.
 */
#include "enough.h"
#include "dynamic.h"

#define SECONDS 20

STATES;
CALL(call, thunk);
TAIL(tail, thunk);
CALL(mixed, thunk);
MODULE_AUTO

/* Call one target until it is the one that was learned. */
static const unsigned char *until_learned(caller fn, unsigned int n)
{
	while (!learned(fn, 1, n)) {
		make_calls(fn, n, 100);
		CHECK(!time_is_over());
	}
	return led_to(fn);
}

static int budget_of(const struct static_call_dynamic_info *info, void *data)
{
	return info->site == data && info->state == STATIC_CALL_DYNAMIC_LEARNED ? info->budget : 0;
}

int main(void)
{
	static const caller fns[] = { call, tail };
	struct static_call_dynamic_stats stats;
	const unsigned char *block[2];
	size_t bytes;
	unsigned int k;
	int i, budget, most = 0;

	time_limit(SECONDS);
	for (k = 0; k < 2; k++) {
		block[0] = until_learned(fns[k], 1);
		block[1] = until_learned(fns[k], 2);
		CHECK(block[0] != block[1]);
		CHECK(!static_call_dynamic_stats(&stats));
		bytes = stats.block_bytes;
		for (i = 0; i < 4; i++)
			CHECK(until_learned(fns[k], 1 + i % 2) == block[i % 2]);
		CHECK(!static_call_dynamic_stats(&stats) && stats.block_bytes == bytes);
	}
	/* Half of the calls miss, always: no other block is better. */
	for (i = 0; most < 4 * 4096 && !time_is_over(); i++) {
		check_call(mixed, i, i % 2 ? 3 : i / 2 % 16);
		if (i % 1024)
			continue;
		budget = static_call_dynamic_for_each(budget_of, (void *)site_of(mixed));
		most = budget > most ? budget : most;
	}
	CHECK(most >= 4 * 4096 - 1024);
	puts("ok");
	return 0;
}
