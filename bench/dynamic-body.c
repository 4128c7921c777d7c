/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dynamic-body.c - calls through a pointer that several functions come to, in turn or as the
 * next byte of a pattern says. KIND: how they are made, by the flags of the compilation; but
 * KIND_direct names one of the functions.
 */
#include "dynamic.h"

#define NAME__(name, kind) name##_##kind
#define NAME_(name, kind)  NAME__(name, kind)
#define NAME(name)         NAME_(name, KIND)

#ifdef KIND_direct
#define CALL(number, x) ((void)(number), dynamic_target_0(x))
#else
#define CALL(number, x) dynamic_targets[number](x)
#endif

/* The number of the target is computed in all kinds, and cannot be left out. */
#define WORK(name, number)                                                \
	__attribute__((noipa)) static unsigned long name(unsigned long n) \
	{                                                                 \
		static unsigned long at;                                  \
		unsigned long sum = 0, i;                                 \
                                                                          \
		for (i = 0; i < n; i++, at++) {                           \
			unsigned int which = (number);                    \
                                                                          \
			__asm__("" : "+r"(which));                        \
			sum += CALL(which, i);                            \
		}                                                         \
		return sum;                                               \
	}

#define TURN(targets)           at % (targets)
#define PATTERN(targets, calls) dynamic_periodic[targets][at % (calls)]
#define PERIODIC(targets)       PATTERN(targets, PERIOD)
#define RANDOM(targets)         dynamic_random[targets][at % RANDOM_CALLS]

WORK(one, 0)
WORK(two_turn, TURN(2))
WORK(two_periodic, PERIODIC(2))
WORK(two_random, RANDOM(2))
WORK(four_turn, TURN(4))
WORK(four_quarter, PATTERN(4, PERIOD / 4))
WORK(four_half, PATTERN(4, PERIOD / 2))
WORK(four_periodic, PERIODIC(4))
WORK(four_double, PATTERN(4, PERIOD * 2))
WORK(four_random, RANDOM(4))
WORK(eight_turn, TURN(8))
WORK(eight_periodic, PERIODIC(8))
WORK(eight_random, RANDOM(8))
WORK(sixteen_periodic, PERIODIC(16))
WORK(sixteen_random, RANDOM(16))

const struct work NAME(works)[WORKS] = {
	{ "1 target", one },
	{ "2 targets, alternating", two_turn },
	{ "2 targets, pattern of 4,096", two_periodic },
	{ "2 targets, random", two_random },
	{ "4 targets, in turn", four_turn },
	{ "4 targets, pattern of 1,024", four_quarter },
	{ "4 targets, pattern of 2,048", four_half },
	{ "4 targets, pattern of 4,096", four_periodic },
	{ "4 targets, pattern of 8,192", four_double },
	{ "4 targets, random", four_random },
	{ "8 targets, in turn", eight_turn },
	{ "8 targets, pattern of 4,096", eight_periodic },
	{ "8 targets, random", eight_random },
	{ "16 targets, pattern of 4,096", sixteen_periodic },
	{ "16 targets, random", sixteen_random },
};

#ifdef TRAIN
int main(void)
{
	unsigned int w;
	unsigned long sum = 0;

	dynamic_fill();
	for (w = 0; w < WORKS; w++)
		sum += NAME(works)[w].run(100000);
	return sum == 0;
}
#endif
