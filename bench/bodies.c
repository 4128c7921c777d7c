/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bodies.c - what a call costs whose target is one instruction: in the site itself, as
 * a patched, a direct and an indirect call, and inlined by GCC. The kinds run in turns. Prints
 * a line a function and a kind, with tabs: the ratio to the direct call, and the
 * nanoseconds of one call with the work around it.
 */
#include "bodies.h"
#include "stats.h"

#include <stdio.h>

#define ROUNDS 101
#define TIMES  5000

static const struct {
	const char *text;
	const struct work *works;
} kinds[] = {
	{ "body", works_body },     { "inline", works_inline },     { "patched", works_patched },
	{ "direct", works_direct }, { "indirect", works_indirect },
};

#define KINDS  (sizeof(kinds) / sizeof(*kinds))
#define DIRECT 3

int main(void)
{
	static double took[KINDS][ROUNDS], ratio[ROUNDS];
	size_t w, k, r;

	for (w = 0; w < WORKS; w++) {
		unsigned long right = kinds[DIRECT].works[w].run(TIMES);

		for (r = 0; r < ROUNDS; r++)
			for (k = 0; k < KINDS; k++) {
				/* Each comes first as often as the others. */
				size_t kind = (k + r) % KINDS;
				double start = seconds();

				if (kinds[kind].works[w].run(TIMES) != right) {
					fprintf(stderr, "bodies: %s: wrong\n", kinds[kind].text);
					return 1;
				}
				took[kind][r] = seconds() - start;
			}
		for (k = 0; k < KINDS; k++) {
			for (r = 0; r < ROUNDS; r++)
				ratio[r] = took[k][r] / took[DIRECT][r];
			printf("%s\t%s\t%.4f\t%.3f\n", kinds[DIRECT].works[w].name, kinds[k].text,
			       spread_of(ratio, ROUNDS).median,
			       spread_of(took[k], ROUNDS).median * 1e9 / TIMES / CALLS);
		}
	}
	return 0;
}
