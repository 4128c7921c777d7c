/* SPDX-License-Identifier: MIT */
/* avx2.c - 32 bytes at a time: each half byte is looked up in a register. */
#include "count.h"
#include <immintrin.h>

__attribute__((target("avx2"))) size_t count_avx2(const uint64_t *words, size_t n)
{
	const __m256i low = _mm256_set1_epi8(15);
	const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1,
					       1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
	__m256i sum = _mm256_setzero_si256();
	uint64_t parts[4];
	size_t i, bits = 0;

	for (i = 0; i + 4 <= n; i += 4) {
		__m256i x = _mm256_loadu_si256((const __m256i *)(words + i));
		__m256i high = _mm256_and_si256(_mm256_srli_epi16(x, 4), low);
		__m256i bytes =
			_mm256_add_epi8(_mm256_shuffle_epi8(table, _mm256_and_si256(x, low)),
					_mm256_shuffle_epi8(table, high));

		sum = _mm256_add_epi64(sum, _mm256_sad_epu8(bytes, _mm256_setzero_si256()));
	}
	_mm256_storeu_si256((__m256i *)parts, sum);
	for (; i < n; i++)
		bits += (size_t)__builtin_popcountll(words[i]);
	return bits + parts[0] + parts[1] + parts[2] + parts[3];
}

static int have_avx2(void)
{
	__builtin_cpu_init();
	return __builtin_cpu_supports("avx2");
}

STATIC_CALL_KEY_OFFER(count_bits, count_avx2, have_avx2, 20);
