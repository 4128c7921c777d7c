/* SPDX-License-Identifier: GPL-2.0-or-later */
/* alloca and variable-length arrays between, before and in calls. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

NOIPA static uint64_t sum(char *p, int n, int a, int b, int c, int d, int e, int f)
{
	uint64_t result = mix_bytes(0, p, n);

	memset(p, a, n);
	return mix(result, a + 3 * b + 5 * c + 7 * d + 11 * e + 13 * f);
}

NOIPA static uint64_t sum_other(char *p, int n, int a, int b, int c, int d, int e, int f)
{
	uint64_t result = mix_bytes(1, p, n);

	memset(p, b, n);
	return mix(result, f + 3 * e + 5 * d + 7 * c + 11 * b + 13 * a);
}

uint64_t (*key)(char *, int, int, int, int, int, int, int) STATIC_CALL_KEY = sum;

#define WORK(name, fn)							\
	NOIPA static uint64_t name(int n)				\
	{								\
		char *first = __builtin_alloca(n), *second;		\
		char array[n + 1];					\
		uint64_t result;					\
		int i;							\
									\
		memset(first, 1, n);					\
		memset(array, 2, n + 1);				\
		result = fn(first, n, 1, 2, 3, 4, 5, 6);		\
		for (i = 1; i < 4; i++) {				\
			second = __builtin_alloca(i * 24 + 8);		\
			memset(second, i, i * 24);			\
			result = mix(result, fn(second, i * 24, i, 2, 3, 4, 5, i)); \
			result = mix_bytes(result, second, i * 24);	\
		}							\
		result = mix(result, fn(memset(__builtin_alloca(n), 9, n), n, 1, 2, 3, 4, 5, \
					6));				\
		return mix_bytes(mix_bytes(result, array, n + 1), first, n); \
	}

WORK(by_key, key)
WORK(by_sum, sum)
WORK(by_sum_other, sum_other)

int main(void)
{
	CHECK_SITES(&key, sum, 3);
	CHECK(by_key(13) == by_sum(13));
	CHECK(static_call_key_update(&key, sum_other) == 0);
	CHECK_SITES(&key, sum_other, 3);
	CHECK(by_key(13) == by_sum_other(13));
	CHECK(by_sum(13) != by_sum_other(13));
	return 0;
}
