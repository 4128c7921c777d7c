/* SPDX-License-Identifier: GPL-2.0-or-later */
/* 256-bit values live across a call; vzeroupper before calls to code without AVX. */
/* { dg-do run } */
/* { dg-additional-options "-Wno-psabi" } */
/* { dg-final { check-static-call } } */
#include "abi.h"

#define AVX __attribute__((target("avx2")))

typedef int ints __attribute__((vector_size(32)));

NOIPA static int legacy(int x)
{
	asm volatile("xorps %%xmm0, %%xmm0\n\tmovaps %%xmm0, %%xmm5" : : : "xmm0", "xmm5");
	return x + 1;
}

AVX NOIPA static int modern(int x)
{
	asm volatile("vpcmpeqd %%ymm0, %%ymm0, %%ymm0\n\tvmovdqa %%ymm0, %%ymm8"
		     : : : "xmm0", "xmm8");
	return x + 2;
}

int (*key)(int) STATIC_CALL_KEY = legacy;

#define WORK(name, f)							\
	AVX NOIPA static uint64_t name(const ints *p)			\
	{								\
		ints a = p[0], b = p[1] * a, c = a - b, result = { 0 };	\
		int i;							\
									\
		for (i = 0; i < 3; i++) {				\
			result += a * f(i) + b;				\
			result ^= c * f(i + 1);				\
			a += b, b ^= c;					\
		}							\
		return mix_bytes(0, &result, sizeof(result));		\
	}

WORK(by_key, key)
WORK(by_legacy, legacy)
WORK(by_modern, modern)

int main(void)
{
	static const ints values[2] = { { 1, 2, 3, 4, 5, 6, 7, 8 }, { 9, 10, 11, 12, 13, 14 } };

	if (!__builtin_cpu_supports("avx2"))
		UNSUPPORTED("the processor lacks AVX2");
	CHECK_SITES(&key, legacy, 2);
	CHECK(by_key(values) == by_legacy(values));
	CHECK(static_call_key_update(&key, modern) == 0);
	CHECK_SITES(&key, modern, 2);
	CHECK(by_key(values) == by_modern(values));
	CHECK(by_legacy(values) != by_modern(values));
	return 0;
}
