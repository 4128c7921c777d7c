/* SPDX-License-Identifier: GPL-2.0-or-later */
/* With -mindirect-branch=thunk-extern no trampoline holds a bare indirect jump. */
/* { dg-do compile } */
/* { dg-options "-O2 -mindirect-branch=thunk-extern -mindirect-branch-register -fcf-protection=none" } */
/* { dg-final { scan-assembler-not {(call|jmp)q?[ \t]+\*} } } */
/* { dg-final { scan-assembler-times {call\tstatic_call_key_trampoline\.key} 1 } } */
/* { dg-final { scan-assembler-times {jmp\tstatic_call_key_trampoline\.key} 1 } } */
/* { dg-final { scan-assembler-times {call\tstatic_call_key_trampoline_null\.hook} 1 } } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;
void (*hook)(void) STATIC_CALL_KEY_NOP_IF_NULL;

int work(int x)
{
	hook();
	return key(x) + 1;
}

int tail(int x)
{
	return key(x);
}
