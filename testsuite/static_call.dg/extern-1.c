/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -fPIC and a key of default visibility: its address comes from the GOT, the trampoline is hidden. */
/* { dg-do compile } */
/* { dg-options "-O2 -fPIC" } */
/* { dg-final { scan-assembler {key(\+0)?@GOTPCREL\(%rip\)} } } */
/* { dg-final { scan-assembler {\.hidden\tstatic_call_key_trampoline\.key} } } */
/* { dg-final { scan-assembler-not {static_call_key_trampoline\.key@PLT} } } */
#include <static_call.h>

extern int (*key)(int) STATIC_CALL_KEY;

int work(int x)
{
	return key(x) + 1;
}
