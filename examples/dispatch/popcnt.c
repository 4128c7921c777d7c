/* SPDX-License-Identifier: MIT */
/* popcnt.c - for machines that have an instruction for it. */
#include "count.h"

__attribute__((target("popcnt"))) size_t count_popcnt(const uint64_t *words, size_t n)
{
	size_t i, bits = 0;

	for (i = 0; i < n; i++)
		bits += (size_t)__builtin_popcountll(words[i]);
	return bits;
}

/* Any function: it may read a file, or ask how the program was called. */
static int have_popcnt(void)
{
	__builtin_cpu_init(); /* it may run before all constructors */
	return __builtin_cpu_supports("popcnt");
}

STATIC_CALL_KEY_OFFER(count_bits, count_popcnt, have_popcnt, 10);
