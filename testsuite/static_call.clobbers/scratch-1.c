/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The trampoline uses no register that the set does not list. */
/* { dg-do compile } */
/* { dg-options "-O2 -mindirect-branch=thunk-extern -fcf-protection=none" } */
/* { dg-final { scan-assembler {jmp\t__x86_indirect_thunk_rax} } } */
/* { dg-final { scan-assembler {jmp\t__x86_indirect_thunk_r10} } } */
/* { dg-final { scan-assembler {jmp\t__x86_indirect_thunk_r11} } } */
#include <static_call.h>

int (*rax)(int) STATIC_CALL_KEY_CLOBBERS("rax") STATIC_CALL_KEY;
void (*r10)(int) STATIC_CALL_KEY_CLOBBERS("r10") STATIC_CALL_KEY;
int (*r11)(int, ...) STATIC_CALL_KEY_CLOBBERS("rax", "r11") STATIC_CALL_KEY;

int work(int x)
{
	r10(x);
	return rax(x) + r11(x, 3);
}
