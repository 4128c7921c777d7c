/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * abi.h - calls through a key against direct calls.
 *
 * A test says how to call a function, CALL(f): an expression of type uint64_t that
 * depends on every argument that arrived and every part of the result that came
 * back. COMPARE(key, before, after) checks that key, which points to before, gives
 * the same as direct calls, before and after it is made to point to after, and
 * that the two differ. COMPARE_WITH() takes the name of another such macro.
 */
#ifndef ABI_H
#define ABI_H

#include "check.h"

#define COMPARE(key, before, after) COMPARE_WITH(CALL, key, before, after)

#define COMPARE_WITH(call, key, before, after)				\
	do {								\
		CHECK_KEY(&(key), before);				\
		CHECK(call(key) == call(before));			\
		CHECK(static_call_key_update(&(key), after) == 0);	\
		CHECK_KEY(&(key), after);				\
		CHECK(call(key) == call(after));			\
		CHECK(call(before) != call(after));			\
		CHECK(static_call_key_update(&(key), before) == 0);	\
		CHECK(call(key) == call(before));			\
	} while (0)

/* Values that the compiler does not know. */
static volatile int unknown_zero;
#define ARG(x) ((x) + unknown_zero)

/* Depends on the order of what is mixed. */
static inline uint64_t mix(uint64_t sum, uint64_t value)
{
	sum = (sum ^ value) * 0x9e3779b97f4a7c15u;
	return sum ^ sum >> 29;
}

static inline uint64_t mix_bytes(uint64_t sum, const void *bytes, size_t size)
{
	const unsigned char *p = (const unsigned char *)bytes;

	while (size--)
		sum = mix(sum, *p++);
	return sum;
}

#endif
