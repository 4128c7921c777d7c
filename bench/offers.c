/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * offers.c - what a choice at start costs at each call: the same small function through
 * ifunc, a table of pointers, and a key that it is offered to, as ratios to a direct call of
 * it. All run in this process in turns of some hundred microseconds. Printed are medians
 * over the rounds, with tabs between.
 */
#include "offers.h"
#include "stats.h"

#include <stdio.h>

#define ROUNDS      51
#define LOOP_CALLS  100000
#define LINE_PASSES 16

__attribute__((noipa)) void work_generic(void)
{}

__attribute__((noipa)) void work_fast(void)
{}

__attribute__((noipa)) int have_fast(void)
{
	return 1;
}

static void (*resolve_work(void))(void)
{
	return have_fast() ? work_fast : work_generic;
}

void work_ifunc(void) __attribute__((ifunc("resolve_work")));

struct work_table work_table = { work_generic };

__attribute__((constructor)) static void choose(void)
{
	work_table.work = have_fast() ? work_fast : work_generic;
}

void (*work_offer)(void) = work_generic;
STATIC_CALL_KEY_OFFER(work_offer, work_fast, have_fast, 10);

#define DECLARE(kind)                      \
	void loop_##kind(unsigned long n); \
	void line_##kind(void)

DECLARE(direct);
DECLARE(ifunc);
DECLARE(table);
DECLARE(offer);

static const struct {
	const char *text;
	void (*loop)(unsigned long n);
	void (*line)(void);
} kinds[] = {
	{ "direct call", loop_direct, line_direct },
	{ "offered key, patched", loop_offer, line_offer },
	{ "ifunc", loop_ifunc, line_ifunc },
	{ "table of pointers", loop_table, line_table },
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static double measure(size_t kind, int line)
{
	double begin = seconds();
	int i;

	if (line)
		for (i = 0; i < LINE_PASSES; i++)
			kinds[kind].line();
	else
		kinds[kind].loop(LOOP_CALLS);
	return seconds() - begin;
}

static void measure_all(const char *where, int line)
{
	static double ratios[KINDS][ROUNDS];
	double times[KINDS];
	size_t kind, round;

	for (kind = 0; kind < KINDS; kind++)
		measure(kind, line);
	for (round = 0; round < ROUNDS; round++) {
		for (kind = 0; kind < KINDS; kind++)
			times[kind] = measure((kind + round) % KINDS, line);
		for (kind = 0; kind < KINDS; kind++)
			ratios[(kind + round) % KINDS][round] =
				times[kind] / times[(KINDS - round % KINDS) % KINDS];
	}
	for (kind = 0; kind < KINDS; kind++)
		printf("%s\t%s\t%.4f\n", where, kinds[kind].text,
		       spread_of(ratios[kind], ROUNDS).median);
}

int main(void)
{
	struct static_call_key_info info;

	if (work_offer != work_fast || static_call_key_query(&work_offer, &info) ||
	    info.patched != info.sites || info.sites < LINE_CALLS) {
		fprintf(stderr, "offers: the key does not call what was offered\n");
		return 1;
	}
	measure_all("in a loop", 0);
	measure_all("4,096 calls in a straight line", 1);
	return 0;
}
