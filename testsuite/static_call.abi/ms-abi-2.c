/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From an ms_abi caller to sysv_abi targets and back: what only one of the two preserves. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

#define MS	__attribute__((ms_abi))
#define SYSV	__attribute__((sysv_abi))

SYSV NOIPA static long sysv(long a, double b, long c)
{
	asm volatile("xor %%esi, %%esi\n\txor %%edi, %%edi\n\tpxor %%xmm6, %%xmm6\n\t"
		     "pxor %%xmm15, %%xmm15" : : : "rsi", "rdi", "xmm6", "xmm15");
	return a + 3 * (long)b + 5 * c;
}

SYSV NOIPA static long sysv_other(long a, double b, long c)
{
	asm volatile("xor %%esi, %%esi\n\txor %%edi, %%edi\n\tpxor %%xmm6, %%xmm6\n\t"
		     "pxor %%xmm15, %%xmm15" : : : "rsi", "rdi", "xmm6", "xmm15");
	return c + 3 * (long)b + 5 * a;
}

long (SYSV *key)(long, double, long) STATIC_CALL_KEY = sysv;

/* Its own caller relies on %rsi, %rdi and %xmm6 to %xmm15. */
MS NOIPA static long middle(long a, double b, long c)
{
	double kept = b * 2;
	long sum = key(a, b, c);

	return sum * 7 + key(c, kept, a) + (long)kept + a;
}

long (MS *middle_key)(long, double, long) STATIC_CALL_KEY = middle;

#define OUTER(name, f)							\
	NOIPA static uint64_t name(long a, double b, long c)		\
	{								\
		double d = b * 3, e = b * 5, g = b * 7;			\
		uint64_t sum = mix(0, f(a, b, c));			\
									\
		sum = mix(mix(sum, (long)d), (long)(e + g));		\
		return mix(mix(mix(sum, f(c, d, a)), (long)(e - d)), (long)g); \
	}

OUTER(by_key, middle_key)
OUTER(straight, middle)

NOIPA static long expected(long (*f)(long, double, long), long a, double b, long c)
{
	double kept = b * 2;

	return f(a, b, c) * 7 + f(c, kept, a) + (long)kept + a;
}

int main(void)
{
	CHECK_SITES(&key, sysv, 2);
	CHECK_SITES(&middle_key, middle, 2);
	CHECK(middle(1, 2.5, 3) == expected(sysv, 1, 2.5, 3));
	CHECK(by_key(1, 2.5, 3) == straight(1, 2.5, 3));
	CHECK(static_call_key_update(&key, sysv_other) == 0);
	CHECK_SITES(&key, sysv_other, 2);
	CHECK(middle(1, 2.5, 3) == expected(sysv_other, 1, 2.5, 3));
	CHECK(by_key(1, 2.5, 3) == straight(1, 2.5, 3));
	return 0;
}
