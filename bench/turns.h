/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * turns.h - the same works, made of several kinds of calls, run in turns.
 */
#ifndef BENCH_TURNS_H
#define BENCH_TURNS_H

#include "stats.h"
#include "work.h"

#include <stdio.h>

#define TURNS     101
#define KINDS_MAX 8

struct kind {
	const char *text;
	const struct work *works;
};

/*
 * Run n_works works of each kind, each times times in a turn. Prints a line a work and a kind,
 * with tabs: the median of the ratios to the kind base in the same turn, and the nanoseconds
 * of one of per parts of a work. Returns main's status: 1 if a kind computes something else.
 */
static inline int run_in_turns(const struct kind *kinds, size_t n_kinds, size_t base,
			       size_t n_works, unsigned long times, unsigned long per)
{
	static double took[KINDS_MAX][TURNS], ratio[TURNS];
	size_t w, k, t;

	if (n_kinds > KINDS_MAX)
		return 1;
	for (w = 0; w < n_works; w++) {
		unsigned long right = kinds[base].works[w].run(times);

		for (t = 0; t < TURNS; t++)
			for (k = 0; k < n_kinds; k++) {
				/* Each comes first as often as the others. */
				size_t kind = (k + t) % n_kinds;
				double start = seconds();

				if (kinds[kind].works[w].run(times) != right) {
					fprintf(stderr, "%s, %s: wrong\n",
						kinds[base].works[w].text, kinds[kind].text);
					return 1;
				}
				took[kind][t] = seconds() - start;
			}
		for (k = 0; k < n_kinds; k++) {
			for (t = 0; t < TURNS; t++)
				ratio[t] = took[k][t] / took[base][t];
			printf("%s\t%s\t%.4f\t%.3f\n", kinds[base].works[w].text, kinds[k].text,
			       spread_of(ratio, TURNS).median,
			       spread_of(took[k], TURNS).median * 1e9 / times / per);
		}
	}
	return 0;
}

#endif
