/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * calls.c - the cost of a call, by the kind of call.
 *
 * All kinds run in this process, in turns of a few hundred microseconds. What
 * counts is the ratio to the direct call of the same round. Printed are medians
 * over the rounds: where, kind and ratio, with tabs between.
 *
 * Where the kernel puts the pages of the code changes the times of straight code
 * by some per cent, for as long as the process lives: run this many times.
 *
 * SITES, as in call-body.c, is the number of calls in a straight line. With the argument
 * "line" only these are measured.
 */
#include "stats.h"

#include <static_call.h>
#include <stdio.h>
#include <string.h>

#define ROUNDS      51
#define LOOP_CALLS  100000
#define LINE_PASSES (SITES < 131072 / 16 ? 131072 / SITES : 16)

void bench_target(void);

void (*bench_patched)(void) = bench_target;
void (*bench_trampoline)(void) = bench_target;
void (*bench_indirect)(void) = bench_target;

#define DECLARE(kind)                                          \
	void bench_loop_##kind(unsigned long n);               \
	void bench_line_##kind(void);                          \
	extern const unsigned char __start_code_loop_##kind[]; \
	extern const unsigned char __stop_code_loop_##kind[];  \
	extern const unsigned char __start_code_line_##kind[]; \
	extern const unsigned char __stop_code_line_##kind[]

DECLARE(direct);
DECLARE(patched);
DECLARE(unaligned);
DECLARE(indirect);
DECLARE(trampoline);
DECLARE(plt);
DECLARE(retpoline);

struct code {
	const unsigned char *start, *stop;
};

#define KIND(kind, text)                                                       \
	{                                                                      \
		text, bench_loop_##kind, bench_line_##kind,                    \
			{ __start_code_loop_##kind, __stop_code_loop_##kind }, \
		{                                                              \
			__start_code_line_##kind, __stop_code_line_##kind      \
		}                                                              \
	}

static const struct kind {
	const char *text;
	void (*loop)(unsigned long n);
	void (*line)(void);
	struct code loop_code, line_code;
} kinds[] = {
	KIND(direct, "direct call, aligned as a site"),
	KIND(patched, "patched site"),
	KIND(unaligned, "direct call, as GCC places it"),
	KIND(indirect, "indirect call"),
	KIND(trampoline, "trampoline (site not patched)"),
	KIND(plt, "PLT call"),
	KIND(retpoline, "retpoline"),
};

#define KINDS   (sizeof(kinds) / sizeof(kinds[0]))
#define DIRECT  0
#define PATCHED 1

static void die(const char *what)
{
	fprintf(stderr, "calls: %s\n", what);
	exit(1);
}

/* Equal but for the displacements of calls? */
static int same_code(struct code a, struct code b)
{
	size_t i, size = a.stop - a.start;

	if (size != (size_t)(b.stop - b.start))
		return 0;
	for (i = 0; i < size; i++) {
		if (a.start[i] != b.start[i])
			return 0;
		if (a.start[i] == 0xe8 && i + 5 <= size)
			i += 4;
	}
	return ((size_t)a.start & 63) == ((size_t)b.start & 63);
}

struct expectation {
	const void *destination; /* NULL: the trampoline */
	size_t sites;
};

static int expect_site(const struct static_call_key_site_info *info, void *data)
{
	struct expectation *expected = data;
	int trampoline = !!(info->flags & STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE);

	expected->sites++;
	if (trampoline != !expected->destination)
		return 1;
	return !trampoline && info->destination != expected->destination;
}

static void expect_sites(const void *key, void (*fn)(void))
{
	struct expectation expected = { (const void *)fn, 0 };

	if (static_call_key_for_each_site(key, expect_site, &expected))
		die("a site does not lead where this benchmark wants it");
	if (expected.sites != SITES + 1)
		die("sites are missing");
}

/*
 * NULL sends the sites to their trampoline; a store that the runtime is not told
 * of leaves them there.
 */
static void leave_unpatched(void)
{
	if (static_call_key_update(&bench_trampoline, (void (*)(void))NULL))
		die("update");
	*(void (*volatile *)(void)) & bench_trampoline = bench_target;
}

static double time_loop(const struct kind *kind)
{
	double start;

	kind->loop(LOOP_CALLS / 10);
	start = seconds();
	kind->loop(LOOP_CALLS);
	return (seconds() - start) / LOOP_CALLS;
}

static double time_line(const struct kind *kind)
{
	double start;
	int i;

	kind->line();
	kind->line();
	start = seconds();
	for (i = 0; i < LINE_PASSES; i++)
		kind->line();
	return (seconds() - start) / (LINE_PASSES * (double)SITES);
}

static double times[KINDS][ROUNDS], ratios[ROUNDS];

static void measure(const char *where, double (*time)(const struct kind *kind))
{
	size_t round, i, k;
	struct spread s;

	for (round = 0; round < ROUNDS; round++) {
		for (i = 0; i < KINDS; i++) {
			k = (i + round) % KINDS;
			times[k][round] = time(&kinds[k]);
		}
	}
	for (k = 0; k < KINDS; k++) {
		for (round = 0; round < ROUNDS; round++)
			ratios[round] = times[k][round] / times[DIRECT][round];
		s = spread_of(ratios, ROUNDS);
		printf("%s\t%s\t%f\n", where, kinds[k].text, s.median);
	}
	s = spread_of(times[DIRECT], ROUNDS);
	printf("%s\t(nanoseconds of a direct call)\t%f\n", where, s.median * 1e9);
}

int main(int argc, char **argv)
{
	char text[64];

	leave_unpatched();
	expect_sites(&bench_patched, bench_target);
	expect_sites(&bench_trampoline, NULL);
	if (!same_code(kinds[DIRECT].loop_code, kinds[PATCHED].loop_code) ||
	    !same_code(kinds[DIRECT].line_code, kinds[PATCHED].line_code))
		die("direct and patched are not the same code: their times cannot be compared");

	if (argc == 2 && !strcmp(argv[1], "line")) {
		measure("line", time_line);
		return 0;
	}
	measure("in a hot loop", time_loop);
	snprintf(text, sizeof(text), "%d sites in a straight line", SITES);
	measure(text, time_line);
	return 0;
}
