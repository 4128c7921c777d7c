/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In a kernel that nothing is said of, sites are branches, and no code is reached by patching only. */
/* { dg-do compile } */
/* { dg-options "-O2 -mcmodel=kernel -fno-pic -ffreestanding" } */
/* { dg-final { scan-assembler-not {\.LSCKB} } } */
/* { dg-final { scan-assembler-not {\t\.byte\t0xe9\n} } } */
/* { dg-final { scan-assembler {\tcall\tstatic_call_key_trampoline\.named\n} } } */
#include <static_call.h>

int one(int x);
int one(int x)
{
	return x + 1;
}

int (*named)(int) STATIC_CALL_KEY_INLINE(one);

int work(int x);
int work(int x)
{
	return named(x) * 3 + 5;
}
