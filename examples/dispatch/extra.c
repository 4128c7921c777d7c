/* SPDX-License-Identifier: MIT */
/*
 * extra.c - a library that is loaded at run time, and brings a way of its own: four
 * independent sums. While it is there, it may be the best.
 */
#include "count.h"

__attribute__((target("popcnt"))) size_t count_extra(const uint64_t *words, size_t n)
{
	size_t i, a = 0, b = 0, c = 0, d = 0;

	for (i = 0; i + 4 <= n; i += 4) {
		a += (size_t)__builtin_popcountll(words[i]);
		b += (size_t)__builtin_popcountll(words[i + 1]);
		c += (size_t)__builtin_popcountll(words[i + 2]);
		d += (size_t)__builtin_popcountll(words[i + 3]);
	}
	for (; i < n; i++)
		a += (size_t)__builtin_popcountll(words[i]);
	return a + b + c + d;
}

static int have_popcnt(void)
{
	__builtin_cpu_init();
	return __builtin_cpu_supports("popcnt");
}

STATIC_CALL_KEY_OFFER(count_bits, count_extra, have_popcnt, 30);
