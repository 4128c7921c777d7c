/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dynamic calls of a kernel module: they lead to what the kernel takes for the trampoline of a
 * static call; a jump says who it is in front of it, as objtool wants no code outside of functions.
 */
/* { dg-do compile } */
/* { dg-options "-O2 -mcmodel=kernel -fno-pic -ffreestanding -mindirect-branch=thunk-extern -fcf-protection=branch -fplugin-arg-static_call-kernel-module -fplugin-arg-static_call-dynamic=all" } */
/* { dg-final { scan-assembler {\tcall\t__SCT__static_call_key_dynamic_thunk_extern\.[0-9a-f]{8}\.key\n} } } */
/* { dg-final { scan-assembler {\tleaq\t\.LSCK[0-9]+-5\(%rip\), %r11\n\t\.p2align 3,,4\n#[^\n]*\n#NO_APP\n\tjmp\t__SCT__static_call_key_dynamic_thunk_extern\.[0-9a-f]{8}\.key_known\n} } } */
/* { dg-final { scan-assembler {\tjmp\t__SCT__static_call_key_dynamic_thunk_extern\.shared\.[0-9a-f]{8}\.key\n} } } */
/* { dg-final { scan-assembler {\.(globl|weak)\t__SCK__static_call_key_dynamic_thunk_extern\.[0-9a-f]{8}\.key_known\n} } } */
/* { dg-final { scan-assembler-not {LSCKD} } } */
/* { dg-final { scan-assembler {\tcall\t__x86_indirect_thunk_r11\n} } } */
/* { dg-final { scan-assembler {\tjmp\t__x86_indirect_thunk_r10\n} } } */
/* Room for three calls, and four lines more. */
/* { dg-final { scan-assembler {static_call_key_room,"ax",@progbits\n\t\.balign\t64\n\t\.type\tstatic_call_key_blocks, @function\nstatic_call_key_blocks:\n\t\.fill\t(443|507), 1, 0x90\n\tjmp\tstatic_call_key_dynamic_thunk_extern\.[0-9a-f]{8}\.key_plain\n} } } */
/* { dg-final { scan-assembler {\.quad\tstatic_call_key_room_bounds\n} } } */
/* { dg-final { scan-assembler {\.discard\.noendbr\n\t\.quad\tstatic_call_key_blocks\n} } } */
#include <static_call_dynamic.h>

struct ops {
	int (*call)(int);
	int (*tail)(int);
	int (*named)(int) STATIC_CALL_DYNAMIC_AS("shared");
};

int call(const struct ops *ops, int x);
int call(const struct ops *ops, int x)
{
	return ops->call(x) + 1;
}

int tail(const struct ops *ops, int x);
int tail(const struct ops *ops, int x)
{
	return ops->tail(x);
}

int named(const struct ops *ops, int x);
int named(const struct ops *ops, int x)
{
	return ops->named(x);
}
