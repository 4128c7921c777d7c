/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * learning.c - what it costs to learn SITES calls, that are all made as often. Passes over all of
 * them alternate with passes over as many plain indirect calls. Prints lines of a
 * number, what it is of, its value and unit, with tabs.
 */
#include <static_call_dynamic.h>

#include "stats.h"

#include <stdio.h>

#define PASSES_MAX 100000
#define STEADY     201

void learn_all(void);
void plain_all(void);

static double pass(void (*all)(void))
{
	double start = seconds();

	all();
	return seconds() - start;
}

/* How many sites are not decided yet? */
static size_t left(struct static_call_dynamic_stats *stats)
{
	if (static_call_dynamic_stats(stats))
		exit(1);
	return SITES - stats->learned - stats->given_up;
}

int main(void)
{
	static double ratio[STEADY], first[STEADY];
	struct static_call_dynamic_stats stats;
	double extra = 0, learn, plain;
	size_t passes, t;

	plain_all();
	for (passes = 0; passes < PASSES_MAX && left(&stats); passes++) {
		plain = pass(plain_all);
		learn = pass(learn_all);
		extra += learn - plain;
		if (passes < STEADY)
			first[passes] = learn / plain;
	}
	if (left(&stats)) {
		fprintf(stderr, "learning: %zu sites of %d are not decided\n", left(&stats), SITES);
		return 1;
	}
	for (t = 0; t < STEADY; t++) {
		plain = pass(plain_all);
		ratio[t] = pass(learn_all) / plain;
	}
	printf("1\tcalls of each site until all are decided\t%zu\t\n", passes);
	printf("2\ttime that learning added, a site\t%.4f\tus\n", extra * 1e6 / SITES);
	printf("3\ta pass meanwhile, ratio to plain calls\t%.4f\t\n",
	       spread_of(first, passes < STEADY ? passes : STEADY).median);
	printf("4\ta pass afterwards, ratio to plain calls\t%.4f\t\n",
	       spread_of(ratio, STEADY).median);
	printf("5\tof the sites, left to the processor\t%.4f\t\n", (double)stats.given_up / SITES);
	printf("6\tswitches\t%llu\t\n", (unsigned long long)stats.switches);
	printf("7\tmemory, a site\t%.1f\tbytes\n", (double)stats.memory_bytes / SITES);
	printf("8\tof that, code\t%.1f\tbytes\n", (double)stats.block_bytes / SITES);
	return 0;
}
