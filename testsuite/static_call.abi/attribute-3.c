/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Targets that preserve no register (GCC 14), and take arguments in all of them (GCC 15). */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

#ifndef __has_attribute
#define __has_attribute(x) 0
#endif

#if __has_attribute(preserve_none)
#define FREE __attribute__((preserve_none))
#elif __has_attribute(no_callee_saved_registers)
#define FREE __attribute__((no_callee_saved_registers))
#endif

#ifndef FREE
int main(void)
{
	UNSUPPORTED("the compiler has no such attribute");
}
#else

#define PARAMETERS long a, long b, long c, long d, long e, long f, long g, long h, long i

#define TRASH asm volatile("" : : : "rbx", "r12", "r13", "r14", "r15")

FREE NOIPA static uint64_t sum(PARAMETERS)
{
	TRASH;
	return mix(mix(mix(mix(mix(mix(mix(mix(mix(0, a), b), c), d), e), f), g), h), i);
}

FREE NOIPA static uint64_t other(PARAMETERS)
{
	TRASH;
	return mix(mix(mix(mix(mix(mix(mix(mix(mix(0, i), h), g), f), e), d), c), b), a);
}

uint64_t (FREE *key)(PARAMETERS) STATIC_CALL_KEY = sum;

/* Values of its own live across the calls. */
#define WORK(name, fn)							\
	NOIPA static uint64_t name(long x, long y)			\
	{								\
		long z = x * 3, v = y * 5, w = x ^ y;			\
		uint64_t result = fn(x, y, z, v, w, 6, 7, 8, 9);	\
									\
		result = mix(mix(mix(result, x), y), z);		\
		result = mix(result, fn(w, v, z, y, x, 6, 7, 8, v));	\
		return mix(mix(mix(result, v), w), x);			\
	}

WORK(by_key, key)
WORK(by_sum, sum)
WORK(by_other, other)

int main(void)
{
	CHECK_SITES(&key, sum, 2);
	CHECK(by_key(1, 2) == by_sum(1, 2));
	CHECK(static_call_key_update(&key, other) == 0);
	CHECK_SITES(&key, other, 2);
	CHECK(by_key(1, 2) == by_other(1, 2));
	CHECK(by_sum(1, 2) != by_other(1, 2));
	return 0;
}
#endif
