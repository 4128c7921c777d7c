/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dynamic calls of vmlinux: what they lead to, its jumps and its state are the runtime's, once. Only
 * a state with a name has code here, which tells of it. None of it is a static call of the kernel's.
 */
/* { dg-do compile } */
/* { dg-options "-O2 -mcmodel=kernel -fno-pic -ffreestanding -mindirect-branch=thunk-extern -fcf-protection=branch -fplugin-arg-static_call-kernel-builtin -fplugin-arg-static_call-kernel-vmlinux -fplugin-arg-static_call-dynamic=all" } */
/* { dg-final { scan-assembler {\tcall\tstatic_call_key_dynamic_thunk_extern\n} } } */
/* { dg-final { scan-assembler {\tleaq\t\.LSCK[0-9]+-5\(%rip\), %r11\n\t\.p2align 3,,4\n#[^\n]*\n#NO_APP\n\tjmp\tstatic_call_key_dynamic_thunk_extern_known\n} } } */
/* { dg-final { scan-assembler {\tjmp\tstatic_call_key_dynamic_thunk_extern\.shared\.[0-9a-f]{8}\.key\n} } } */
/* { dg-final { scan-assembler {\tleaq\tstatic_call_key_state_thunk_extern\.shared\+4\(%rip\), %r11\n\tjmp\tstatic_call_key_dynamic_thunk_extern_known\n} } } */
/* { dg-final { scan-assembler {\.long\tstatic_call_key_state_thunk_extern\+0-\.\n} } } */
/* { dg-final { scan-assembler-not {static_call_key_state_thunk_extern:} } } */
/* { dg-final { scan-assembler-not {static_call_key_dynamic_thunk_extern(_known|_plain)?:} } } */
/* { dg-final { scan-assembler-not {__x86_indirect_thunk} } } */
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
/* { dg-final { scan-assembler-not {LSCKD} } } */
/* { dg-final { scan-assembler-not {\.fill} } } */
#include "kernel-7.c"
