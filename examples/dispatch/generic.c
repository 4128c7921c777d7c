/* SPDX-License-Identifier: MIT */
/* generic.c - what works on every machine, and the key. */
#include "count.h"

size_t count_generic(const uint64_t *words, size_t n)
{
	size_t i, bits = 0;

	for (i = 0; i < n; i++) {
		uint64_t x = words[i];

		x -= x >> 1 & 0x5555555555555555;
		x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
		x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f;
		bits += x * 0x0101010101010101 >> 56;
	}
	return bits;
}

size_t (*count_bits)(const uint64_t *words, size_t n) = count_generic;
