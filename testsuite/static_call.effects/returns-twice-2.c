/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * In a function that calls setjmp: a local that does not change after it holds its value when the
 * target of a keyed call jumps back, whatever the registers hold by then; also where all
 * calls are inlined there, and where the call would be a tail call elsewhere.
 */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "check.h"
#include <setjmp.h>

static jmp_buf buffer;
static int depth;

static NOIPA long returns(long x)
{
	return x + 1;
}

/* Leaves nothing of its caller's values in the registers that calls preserve. */
static NOIPA long jumps(long x)
{
	__asm__ volatile("xorl %%ebx, %%ebx; xorl %%r12d, %%r12d; xorl %%r13d, %%r13d;"
			 "xorl %%r14d, %%r14d; xorl %%r15d, %%r15d"
			 : : : "rbx", "r12", "r13", "r14", "r15");
	longjmp(buffer, (int)x);
}

long (*key)(long) STATIC_CALL_KEY = returns;

static inline __attribute__((always_inline)) long inlined(long x)
{
	return depth > 0 ? key(x) : x;
}

static NOIPA long work(long a, long b, long c, long d, long e, long x)
{
	long f = a * b, g = c * d;
	long landed = setjmp(buffer);

	if (landed)
		return a + 10 * b + 100 * c + 1000 * d + 10000 * e + 100000 * (f + g) + landed;
	return key(x + inlined(x));
}

int main(void)
{
	const long locals = 1 + 20 + 300 + 4000 + 50000 + 100000 * (2 + 12);

	CHECK_SITES(&key, returns, 2);
	CHECK(work(1, 2, 3, 4, 5, 6) == 13);
	depth = 1;
	CHECK(work(1, 2, 3, 4, 5, 6) == 14);
	CHECK(static_call_key_update(&key, jumps) == 0);
	CHECK_SITES(&key, jumps, 2);
	CHECK(work(1, 2, 3, 4, 5, 6) == locals + 6);
	depth = 0;
	CHECK(work(1, 2, 3, 4, 5, 6) == locals + 12);
	return 0;
}
