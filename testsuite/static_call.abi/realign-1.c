/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Over-aligned locals across calls with stack arguments and alloca: a realigned frame. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

struct block {
	char bytes[64];
} __attribute__((aligned(64)));

#define PARAMETERS struct block *p, long a, long b, long c, long d, long e, long f, long g

NOIPA static uint64_t sum(PARAMETERS)
{
	CHECK(((uintptr_t)p & 63) == 0);
	p->bytes[63]++;
	return mix_bytes(a + 3 * b + 5 * c + 7 * d + 11 * e + 13 * f + 17 * g, p, sizeof(*p));
}

NOIPA static uint64_t sum_other(PARAMETERS)
{
	CHECK(((uintptr_t)p & 63) == 0);
	p->bytes[62]++;
	return mix_bytes(g + 3 * f + 5 * e + 7 * d + 11 * c + 13 * b + 17 * a, p, sizeof(*p));
}

uint64_t (*key)(PARAMETERS) STATIC_CALL_KEY = sum;

#define WORK(name, fn)							\
	NOIPA static uint64_t name(long a, long b, long c, long d, long e, long f, long g) \
	{								\
		struct block one, two;					\
		struct block *p = &one;					\
		char *more;						\
		uint64_t result;					\
									\
		asm("" : "+r" (p));					\
		CHECK(((uintptr_t)p & 63) == 0);			\
		memset(&one, 1, sizeof(one));				\
		memset(&two, 2, sizeof(two));				\
		result = fn(&one, a, b, c, d, e, f, g);			\
		more = __builtin_alloca(a + 33);			\
		memset(more, 3, a + 33);				\
		result = mix(result, fn(&two, g, f, e, d, c, b, a));	\
		result = mix_bytes(mix_bytes(result, &one, sizeof(one)), more, a + 33); \
		return mix(mix(mix_bytes(result, &two, sizeof(two)), g), b); \
	}

WORK(by_key, key)
WORK(by_sum, sum)
WORK(by_sum_other, sum_other)

int main(void)
{
	CHECK_SITES(&key, sum, 2);
	CHECK(by_key(1, 2, 3, 4, 5, 6, 7) == by_sum(1, 2, 3, 4, 5, 6, 7));
	CHECK(static_call_key_update(&key, sum_other) == 0);
	CHECK_SITES(&key, sum_other, 2);
	CHECK(by_key(1, 2, 3, 4, 5, 6, 7) == by_sum_other(1, 2, 3, 4, 5, 6, 7));
	CHECK(by_sum(1, 2, 3, 4, 5, 6, 7) != by_sum_other(1, 2, 3, 4, 5, 6, 7));
	return 0;
}
