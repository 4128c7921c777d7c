/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A direct call of a function with a set keeps what is not listed, but for the two
 * registers that a stub of the procedure linkage table changes.
 */
/* { dg-do assemble } */
/* { dg-options "-O2 -fPIC -fcf-protection=none" } */
/* { dg-final { scan-function-not few {push +%r(bx|bp|1[2-5])} } } */
/* { dg-final { scan-function many {push +%r(bx|bp|1[2-5])} } } */
/* { dg-final { scan-function-not many {,%r1[01]\n(.|\n)*\tcall} } } */
#include <static_call.h>

extern long other(long) STATIC_CALL_KEY_CLOBBERS("rax");

long few(long a, long b, long c, long d)
{
	return other(a) + 3 * a + 5 * b + 7 * c + 9 * d;
}

/* Eight values: six registers are left, %rcx, %rdx, %rsi, %rdi, %r8 and %r9. */
long many(const long *p)
{
	long a = p[0], b = p[1], c = p[2], d = p[3], e = p[4], f = p[5], g = p[6];

	return other(1) + 3 * a + 5 * b + 7 * c + 9 * d + 11 * e + 13 * f + 15 * g + p[7];
}
