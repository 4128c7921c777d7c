/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A kernel with the runtime built in patches guards and bodies itself: they are no jump labels, and
 * addresses in the table of guards are no targets of indirect jumps. A guard tells of one function.
 */
/* { dg-do compile } */
/* { dg-options "-O2 -mcmodel=kernel -fno-pic -ffreestanding -fcf-protection=branch -fplugin-arg-static_call-kernel-builtin" } */
/* { dg-final { scan-assembler-times {\.pushsection static_call_key_guards,} 1 } } */
/* { dg-final { scan-assembler-times {\t\.byte\t0xe9\n} 1 } } */
/* { dg-final { scan-assembler-not {__jump_table} } } */
/* { dg-final { scan-assembler-not {__SCT__} } } */
/* { dg-final { scan-assembler {\.discard\.noendbr\n\t\.quad\t\.LSCK[0-9]+\n} } } */
/* { dg-final { scan-assembler {\.discard\.annotate_insn,"M",@progbits,8\n\t\.long\t\.LSCK[0-9]+-\.\n\t\.long\t1\n} } } */
/* { dg-final { scan-assembler {\.pushsection static_call_key_bodies,.*\n\t\.balign\t4\n\t\.long\t\.LSCKB[0-9]+-\.\n\t\.byte\t\.LSCKB[0-9]+e-\.LSCKB[0-9]+s\n\.LSCKB[0-9]+s:\n\tcli\n} } } */
#include <static_call.h>

void disable(void);
void disable(void)
{
	__asm__ volatile("cli" ::: "memory");
}

int one(int x);
int one(int x)
{
	return x + 1;
}

int two(int x);
int two(int x)
{
	return x + 2;
}

void (*irq)(void) STATIC_CALL_KEY = disable;
int (*named)(int) STATIC_CALL_KEY_INLINE(two, one);

int work(int x);
int work(int x)
{
	return named(x) * 3 + 5;
}
