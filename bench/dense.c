/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dense.c - what a call costs among SITES others that are made by turns, in each way that a dynamic call
 * may be made (bench/gen-dense): the shortest of many passes. Prints a line a way, with
 * tabs: its number, its name, the nanoseconds of a call.
 */
#include "stats.h"

#include <stdio.h>

#define CALLS 2000000ul

#define WAYS(do)                                                                                             \
	do                                                                                                   \
	(memory, "an indirect call, untagged") do(site, "call *%r10 in the site") do(                        \
		compared,                                                                                    \
		"to code that compares, shared") do(jump,                                                    \
						    "to a jump, shared") do(own,                             \
									    "to a jump, its own") do(direct, \
												     "direct")

#define DECLARE(name, text) void dense_##name(void);
WAYS(DECLARE)

#define ENTRY(name, text) { text, dense_##name },
static const struct {
	const char *text;
	void (*pass)(void);
} ways[] = { WAYS(ENTRY) };

#define N_WAYS (sizeof(ways) / sizeof(*ways))

int main(void)
{
	double best[N_WAYS], start, took;
	unsigned long passes = CALLS / SITES < 20 ? 20 : CALLS / SITES, n;
	size_t i;

	for (n = 0; n < passes; n++)
		for (i = 0; i < N_WAYS; i++) {
			ways[i].pass();
			start = seconds();
			ways[i].pass();
			took = seconds() - start;
			if (!n || took < best[i])
				best[i] = took;
		}
	for (i = 0; i < N_WAYS; i++)
		printf("%zu\t%s\t%.4f\n", i, ways[i].text, best[i] * 1e9 / SITES);
	return 0;
}
