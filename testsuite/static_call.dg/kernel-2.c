/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A guard in a kernel module is one of the kernel's jump labels, with a key of its own that is false. */
/* { dg-do compile } */
/* { dg-options "-O2 -mcmodel=kernel -fno-pic -ffreestanding -fcf-protection=branch -fplugin-arg-static_call-kernel-module" } */
/* { dg-final { scan-assembler-times {\.pushsection __jump_table,"aw"\n\t\.balign\t8\n\t\.long\t\.LSCK[0-9]+-\.\n\t\.long\t\.L[0-9]+-\.\n\t\.quad\t\.LSCKK[0-9]+\+1-\.\n} 2 } } */
/* { dg-final { scan-assembler-times {\.LSCKK[0-9]+:\n\t\.zero\t16} 2 } } */
/* { dg-final { scan-assembler {\.discard\.noendbr\n\t\.quad\t\.LSCK[0-9]+\n} } } */
/* { dg-final { scan-assembler {\.discard\.annotate_insn,"M",@progbits,8\n\t\.long\t\.LSCK[0-9]+-\.\n\t\.long\t1\n} } } */
#include <static_call.h>

static int one(int x)
{
	return x + 1;
}

int two(int x);
int two(int x)
{
	return x + 2;
}

static int three(int x)
{
	return x + 3;
}

int (*key)(int) STATIC_CALL_KEY = one;
/* Of two that are stored none is more likely. */
static int (*stored)(int) STATIC_CALL_KEY = one;
/* A jump label leads to one place, or on: of several functions that are named the first one counts. */
int (*named)(int) STATIC_CALL_KEY_INLINE(two, one);

int work(int x);
int work(int x)
{
	return key(x) * 3 + 5;
}

void store(void);
void store(void)
{
	static_call_key_update(&stored, three);
}

int work_stored(int x);
int work_stored(int x)
{
	return stored(x) * 3 + 5;
}

int work_named(int x);
int work_named(int x)
{
	return named(x) * 3 + 5;
}
