/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values of every kind live across calls whose target overwrites all it may. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

#define TRASH								\
	asm volatile("mov $-1, %%rax\n\tmov %%rax, %%rcx\n\tmov %%rax, %%rdx\n\t" \
		     "mov %%rax, %%rsi\n\tmov %%rax, %%rdi\n\tmov %%rax, %%r8\n\t" \
		     "mov %%rax, %%r9\n\tmov %%rax, %%r10\n\tmov %%rax, %%r11\n\t" \
		     "movq %%rax, %%xmm0\n\tmovq %%rax, %%xmm1\n\tmovq %%rax, %%xmm2\n\t" \
		     "movq %%rax, %%xmm3\n\tmovq %%rax, %%xmm4\n\tmovq %%rax, %%xmm5\n\t" \
		     "movq %%rax, %%xmm6\n\tmovq %%rax, %%xmm7\n\tmovq %%rax, %%xmm8\n\t" \
		     "movq %%rax, %%xmm9\n\tmovq %%rax, %%xmm10\n\tmovq %%rax, %%xmm11\n\t" \
		     "movq %%rax, %%xmm12\n\tmovq %%rax, %%xmm13\n\tmovq %%rax, %%xmm14\n\t" \
		     "movq %%rax, %%xmm15\n\tfldz\n\tfldz\n\tfldz\n\tfldz\n\tfldz\n\tfldz\n\t" \
		     "fldz\n\tfldz\n\tfninit\n\tadd %%rax, %%rax"		\
		     : : : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", \
		     "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", \
		     "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15", \
		     "st", "st(1)", "st(2)", "st(3)", "st(4)", "st(5)", "st(6)", "st(7)", \
		     "cc", "memory")

NOIPA static long plus(long x)
{
	TRASH;
	return x + 1;
}

NOIPA static long minus(long x)
{
	TRASH;
	return x - 1;
}

long (*key)(long) STATIC_CALL_KEY = plus;

#define WORK(name, f)							\
	NOIPA static uint64_t name(long a, long b, double c, long double d) \
	{								\
		long e = a * 3, g = b * 5, h = a ^ b, i = a - b, j = ~a, k = ~b, l = a << 3; \
		double m = c * 2, n = c + 7;				\
		long double o = d * 3, p = d - 1;			\
		int q, less = a < b;					\
		uint64_t sum = 0;					\
									\
		for (q = 0; q < 4; q++) {				\
			sum = mix(sum, f(a + q));			\
			sum = mix(mix(mix(mix(sum, e), g), h), i + less); \
			sum = mix(mix(mix(mix(sum, j), k), l), (long)(m + n)); \
			sum = mix(sum, f(q) + (long)(o + p));		\
			e += g, h += i, j += k, m += c, o += p;		\
		}							\
		return mix(mix(mix(sum, a), b), (long)(c + (double)d));	\
	}

WORK(by_key, key)
WORK(by_plus, plus)
WORK(by_minus, minus)

int main(void)
{
	CHECK_SITES(&key, plus, 2);
	CHECK(by_key(3, 4, 5.5, 6.5L) == by_plus(3, 4, 5.5, 6.5L));
	CHECK(static_call_key_update(&key, minus) == 0);
	CHECK_SITES(&key, minus, 2);
	CHECK(by_key(3, 4, 5.5, 6.5L) == by_minus(3, 4, 5.5, 6.5L));
	CHECK(by_plus(3, 4, 5.5, 6.5L) != by_minus(3, 4, 5.5, 6.5L));
	return 0;
}
