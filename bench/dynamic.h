/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dynamic.h - the works of bench/dynamic-body.c, of which there is a list for each kind of call. */
#ifndef BENCH_DYNAMIC_H
#define BENCH_DYNAMIC_H

#include "work.h"

#define WORKS        15
#define TARGETS_MAX  16
#define PERIOD       4096       /* of a pattern that a predictor can learn */
#define RANDOM_CALLS (1u << 22) /* after so many calls a random pattern comes again */

/* Functions that return the same. */
extern unsigned long (*const dynamic_targets[TARGETS_MAX])(unsigned long);
unsigned long dynamic_target_0(unsigned long x);

/* Numbers of targets, below so many: for patterns of up to twice PERIOD calls, and random ones. */
extern const unsigned char *dynamic_periodic[TARGETS_MAX + 1], *dynamic_random[TARGETS_MAX + 1];

void dynamic_fill(void);

extern const struct work works_direct[], works_indirect[], works_retpoline[], works_learned[],
	works_learned_retpoline[], works_profile[];

#endif
