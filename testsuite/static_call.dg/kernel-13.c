/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dynamic calls of a loadable module, in a kernel that has the runtime built in: code, state and room
 * as in a module of a stock kernel, but nothing of it is a static call of the kernel's.
 */
/* { dg-do compile } */
/* { dg-options "-O2 -mcmodel=kernel -fno-pic -ffreestanding -mindirect-branch=thunk-extern -fcf-protection=branch -fplugin-arg-static_call-kernel-builtin -fplugin-arg-static_call-kernel-loadable -fplugin-arg-static_call-dynamic=all" } */
/* { dg-final { scan-assembler {\tcall\tstatic_call_key_dynamic_thunk_extern\.[0-9a-f]{8}\.key\n} } } */
/* { dg-final { scan-assembler {\tleaq\t\.LSCK[0-9]+-5\(%rip\), %r11\n\t\.p2align 3,,4\n#[^\n]*\n#NO_APP\n\tjmp\tstatic_call_key_dynamic_thunk_extern\.[0-9a-f]{8}\.key_known\n} } } */
/* { dg-final { scan-assembler {\tjmp\tstatic_call_key_dynamic_thunk_extern\.shared\.[0-9a-f]{8}\.key\n} } } */
/* { dg-final { scan-assembler {\nstatic_call_key_dynamic_thunk_extern\.[0-9a-f]{8}\.key_known:\n} } } */
/* { dg-final { scan-assembler {\nstatic_call_key_state_thunk_extern:\n} } } */
/* { dg-final { scan-assembler {\tcall\t__x86_indirect_thunk_r11\n} } } */
/* { dg-final { scan-assembler {\tjmp\t__x86_indirect_thunk_r10\n} } } */
/* { dg-final { scan-assembler {static_call_key_room,"ax",@progbits\n\t\.balign\t64\n\t\.type\tstatic_call_key_blocks, @function\nstatic_call_key_blocks:\n\t\.fill\t(443|507), 1, 0x90\n\tjmp\tstatic_call_key_dynamic_thunk_extern\.[0-9a-f]{8}\.key_plain\n} } } */
/* { dg-final { scan-assembler {\.quad\tstatic_call_key_room_bounds\n} } } */
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
/* { dg-final { scan-assembler-not {LSCKD} } } */
#include "kernel-7.c"
