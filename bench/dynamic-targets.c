/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dynamic-targets.c - what the calls of bench/dynamic-body.c reach, and in which order. */
#include "dynamic.h"

static unsigned char patterns[2][TARGETS_MAX + 1][RANDOM_CALLS];

const unsigned char *dynamic_periodic[TARGETS_MAX + 1], *dynamic_random[TARGETS_MAX + 1];

#define TARGET(n)                                                                             \
	__attribute__((noipa, aligned(64))) unsigned long dynamic_target_##n(unsigned long x) \
	{                                                                                     \
		return x + 1;                                                                 \
	}

TARGET(0)
TARGET(1)
TARGET(2)
TARGET(3)
TARGET(4)
TARGET(5)
TARGET(6)
TARGET(7)
TARGET(8)
TARGET(9)
TARGET(10)
TARGET(11)
TARGET(12)
TARGET(13)
TARGET(14)
TARGET(15)

unsigned long (*const dynamic_targets[TARGETS_MAX])(unsigned long) = {
	dynamic_target_0,  dynamic_target_1,  dynamic_target_2,  dynamic_target_3,
	dynamic_target_4,  dynamic_target_5,  dynamic_target_6,  dynamic_target_7,
	dynamic_target_8,  dynamic_target_9,  dynamic_target_10, dynamic_target_11,
	dynamic_target_12, dynamic_target_13, dynamic_target_14, dynamic_target_15,
};

/* xorshift64*, of Vigna: good enough that no predictor learns it. */
static unsigned int next_random(unsigned int below)
{
	static unsigned long state = 88172645463325252ul;

	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (unsigned int)(state * 2685821657736338717ul >> 40) % below;
}

void dynamic_fill(void)
{
	unsigned int targets, i;

	for (targets = 1; targets <= TARGETS_MAX; targets *= 2) {
		for (i = 0; i < 2 * PERIOD; i++)
			patterns[0][targets][i] = next_random(targets);
		for (i = 0; i < RANDOM_CALLS; i++)
			patterns[1][targets][i] = next_random(targets);
		dynamic_periodic[targets] = patterns[0][targets];
		dynamic_random[targets] = patterns[1][targets];
	}
}
