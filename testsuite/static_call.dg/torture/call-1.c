/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call: aligned so that it lies in one quadword, of its trampoline, and entered in the table. */
/* { dg-do compile } */
/* { dg-final { scan-assembler-times {\.p2align 3,,4} 1 } } */
/* { dg-final { scan-assembler-times {^\tcall\tstatic_call_key_trampoline\.key$} 1 } } */
/* { dg-final { scan-assembler-times {\.pushsection static_call_key_sites,"ao\?",@progbits,} 1 } } */
/* { dg-final { scan-assembler-not {call\t\*} } } */
/* { dg-final { scan-assembler {jmp\t\*} } } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;

int work(int x)
{
	return key(x) + 1;
}
