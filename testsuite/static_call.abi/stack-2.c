/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stack arguments that have to be aligned to 16, 32 and 64 bytes among ones that do not. */
/* { dg-do run } */
/* { dg-additional-options "-Wno-psabi" } */
/* { dg-final { check-static-call } } */
#include "abi.h"

struct plain { long a, b, c; };
struct aligned16 { long a, b, c, d; } __attribute__((aligned(16)));
struct aligned32 { long a, b, c, d; } __attribute__((aligned(32)));
struct aligned64 { char bytes[64]; } __attribute__((aligned(64)));

#define PARAMETERS int a, struct plain b, struct aligned16 c, long d, long e, long f, long g, \
	long h, long i, struct aligned32 j, char k, struct aligned64 l, __int128 m, long n, \
	__int128 o

static int misaligned(const void *p, uintptr_t alignment)
{
	asm("" : "+r" (p));
	return ((uintptr_t)p & (alignment - 1)) != 0;
}

NOIPA static uint64_t all(PARAMETERS)
{
	uint64_t sum = mix_bytes(a, &b, sizeof(b));

	CHECK(!misaligned(&c, 16) && !misaligned(&j, 32) && !misaligned(&l, 64));
	sum = mix(mix(mix(mix_bytes(sum, &c, sizeof(c)), d), e), f);
	sum = mix(mix_bytes(mix(mix(mix(sum, g), h), i), &j, sizeof(j)), k);
	sum = mix_bytes(mix_bytes(sum, &l, sizeof(l)), &m, sizeof(m));
	return mix_bytes(mix(sum, n), &o, sizeof(o));
}

NOIPA static uint64_t some(PARAMETERS)
{
	CHECK(!misaligned(&c, 16) && !misaligned(&j, 32) && !misaligned(&l, 64));
	(void)a, (void)d, (void)e, (void)f, (void)g, (void)h, (void)i, (void)k, (void)n;
	return b.a + 3 * c.b + 5 * j.c + 7 * l.bytes[63] + 11 * (uint64_t)(m >> 64) + (uint64_t)o;
}

uint64_t (*key)(PARAMETERS) STATIC_CALL_KEY = all;

static struct plain plain = { 1, 2, 3 };
static struct aligned16 aligned16 = { 4, 5, 6, 7 };
static struct aligned32 aligned32 = { 8, 9, 10, 11 };
static struct aligned64 aligned64 = { { 12, [63] = 13 } };

#define CALL(f) f(ARG(1), plain, aligned16, ARG(2), 3, 4, 5, ARG(6), 7, aligned32, ARG(8), \
		  aligned64, (__int128)ARG(9) << 64, ARG(10), (__int128)ARG(11) << 70 | 12)

/* With an odd number of words pushed before, in a caller with arguments on the stack itself. */
NOIPA static uint64_t forward(PARAMETERS)
{
	return mix(key(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o), a + 1);
}

int main(void)
{
	COMPARE(key, all, some);
	CHECK(CALL(forward) == mix(CALL(all), 2));
	return 0;
}
