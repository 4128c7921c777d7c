/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guards.c - what a call costs whose target GCC could inline: tagged, with a guard; tagged,
 * with a target that is not inlined; untagged, with a profile; untagged; and a direct call.
 * The kinds run in turns. Prints a line a kind of work and of call, with tabs: the ratio to
 * a direct call, and the nanoseconds of one round of the work.
 */
#include "guards.h"
#include "stats.h"

#include <stdio.h>

#define ROUNDS 101
#define TIMES  20000

static const struct {
	const char *text;
	const struct work *works;
} kinds[] = {
	{ "tagged, guarded", works_guarded }, { "untagged, with a profile", works_profile },
	{ "untagged", works_indirect },       { "tagged, a patched call", works_patched },
	{ "direct call", works_direct },
};

#define KINDS  (sizeof(kinds) / sizeof(*kinds))
#define DIRECT (KINDS - 1)

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
					fprintf(stderr, "guards: %s: wrong\n", kinds[kind].text);
					return 1;
				}
				took[kind][r] = seconds() - start;
			}
		for (k = 0; k < KINDS; k++) {
			for (r = 0; r < ROUNDS; r++)
				ratio[r] = took[k][r] / took[DIRECT][r];
			printf("%s\t%s\t%.4f\t%.3f\n", kinds[DIRECT].works[w].text, kinds[k].text,
			       spread_of(ratio, ROUNDS).median,
			       spread_of(took[k], ROUNDS).median * 1e9 / TIMES);
		}
	}
	return 0;
}
