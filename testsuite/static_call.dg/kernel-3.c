/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Without that option, as in a kernel that has the runtime built in: neither, and no guard. */
/* { dg-do compile } */
/* { dg-options "-O2 -mcmodel=kernel -fno-pic -ffreestanding -fcf-protection=branch" } */
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
/* { dg-final { scan-assembler-not {__jump_table} } } */
/* { dg-final { scan-assembler-not {\.LSCK[0-9]+:\n\t\.byte\t0xe9} } } */
/* { dg-final { scan-assembler {\.discard\.annotate_insn,"M",@progbits,8\n\t\.long\t\.LSCK[0-9]+-5-\.\n\t\.long\t1\n} } } */
#include <static_call.h>

static int one(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY = one;

int work(int x);
int work(int x)
{
	return key(x) * 3 + 5;
}
