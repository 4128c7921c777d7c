/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kernel has no procedure linkage table: all that is not listed is kept. */
/* { dg-do assemble } */
/* { dg-options "-O2 -mcmodel=kernel -mno-red-zone -mgeneral-regs-only -fno-pie -fcf-protection=none" } */
/* { dg-final { scan-function-not forward {push} } } */
/* { dg-final { scan-function-not many {push +%r(bx|bp|1[2-5])} } } */
#include <static_call.h>

extern void slow_path(void) STATIC_CALL_KEY_CLOBBERS("rax");

void forward(long *p, long x) STATIC_CALL_KEY_CLOBBERS("rax");
void forward(long *p, long x)
{
	if (!__sync_bool_compare_and_swap(p, 0, x))
		slow_path();
}

/* Eight values, eight registers. */
long many(const long *p)
{
	long a = p[0], b = p[1], c = p[2], d = p[3], e = p[4], f = p[5], g = p[6];

	slow_path();
	return 3 * a + 5 * b + 7 * c + 9 * d + 11 * e + 13 * f + 15 * g + p[7];
}
