/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clobbers.c - the cost of what a caller has to save around a call, by the way of
 * calling: see clobbers-body.c. All ways run in turns in this process; printed are
 * medians over the rounds of the ratio to a call of the ABI: name, way, ratio, with
 * tabs between.
 */
#include "stats.h"

#include "clobbers.h"
#include <stdio.h>

#define ROUNDS 101
#define TABLE  4096
#define CALLS  4096

unsigned long (*bench_value_abi)(unsigned long) STATIC_CALL_KEY = bench_value;
void (*bench_mark_abi)(void) STATIC_CALL_KEY = bench_mark;
value_fn *bench_value_key STATIC_CALL_KEY = bench_value;
mark_fn *bench_mark_key STATIC_CALL_KEY = bench_mark;

#define DECLARE(kind)                                                                   \
	unsigned long bench_walk_##kind(const unsigned long *, unsigned long,           \
					struct bench_range *);                          \
	unsigned long bench_section_##kind(unsigned long, unsigned long, unsigned long, \
					   unsigned long, unsigned long *);             \
	double bench_real_##kind(double, double, double, double, unsigned long)

DECLARE(abi);
DECLARE(set);
DECLARE(asm);

static unsigned long table[TABLE], counter;
static struct bench_range range = { 7, 0, 0 };
static volatile double real_result;
static unsigned long results[3][3];

#define RUN(kind, number)                                                              \
	static void walk_##kind(void)                                                  \
	{                                                                              \
		results[0][number] = bench_walk_##kind(table, TABLE, &range);          \
	}                                                                              \
	static void section_##kind(void)                                               \
	{                                                                              \
		unsigned long i, sum = 0;                                              \
                                                                                       \
		for (i = 0; i < CALLS; i++)                                            \
			sum += bench_section_##kind(i, i + 1, i + 2, i + 3, &counter); \
		results[1][number] = sum;                                              \
	}                                                                              \
	static void real_##kind(void)                                                  \
	{                                                                              \
		real_result = bench_real_##kind(0.5, 2.0, 1e-9, 1e-9, CALLS);          \
		results[2][number] = (unsigned long)(real_result * 1000);              \
	}

RUN(abi, 0)
RUN(set, 1)
RUN(asm, 2)

static const struct {
	const char *name;
	void (*run[3])(void);
} bodies[] = {
	{ "walk over a table", { walk_abi, walk_set, walk_asm } },
	{ "critical section", { section_abi, section_set, section_asm } },
	{ "floating point", { real_abi, real_set, real_asm } },
};

static const char *const ways[] = { "call of the ABI", "clobber set", "asm statement" };

static double time_of(void (*run)(void))
{
	double start;

	run();
	start = seconds();
	run();
	return seconds() - start;
}

int main(void)
{
	static double times[3][ROUNDS], ratios[ROUNDS];
	size_t body, way, round, i;
	struct spread s;

	for (i = 0; i < TABLE; i++)
		table[i] = i * 8 + 1; /* no branch that is hard to predict */
	if (static_call_key_runtime_present() && static_call_key_verify()) {
		fprintf(stderr, "clobbers: sites are not patched\n");
		return 1;
	}
	for (body = 0; body < 3; body++) {
		for (round = 0; round < ROUNDS; round++)
			for (i = 0; i < 3; i++) {
				way = (i + round) % 3;
				times[way][round] = time_of(bodies[body].run[way]);
			}
		if (results[body][0] != results[body][1] || results[body][0] != results[body][2]) {
			fprintf(stderr, "clobbers: %s: results differ\n", bodies[body].name);
			return 1;
		}
		for (way = 0; way < 3; way++) {
			for (round = 0; round < ROUNDS; round++)
				ratios[round] = times[way][round] / times[0][round];
			s = spread_of(ratios, ROUNDS);
			printf("%s\t%s\t%f\n", bodies[body].name, ways[way], s.median);
		}
	}
	return 0;
}
