/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls often enough that what they reach is learned, then that others take their place. */
#ifndef TEST_DYNAMIC_H
#define TEST_DYNAMIC_H

#include <stdlib.h>

#define NOIPA __attribute__((noipa))

/* So often is each work done: more than what learning takes, and what learning again does. */
#define ROUNDS 12000

#define CHECK(condition)         \
	do {                     \
		if (!(condition)) \
			abort(); \
	} while (0)

/* Which of n functions is next: one at first, then two, then all, then another one. */
static inline unsigned int next_of(unsigned int n, unsigned int i)
{
	switch (i / (ROUNDS / 4)) {
	case 0:
		return 0;
	case 1:
		return i % 2 % n;
	case 2:
		return i * 7 / 3 % n;
	default:
		return n - 1;
	}
}

#endif
