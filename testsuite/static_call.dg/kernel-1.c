/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * In a module of a kernel that knows nothing of this, a key has trampoline and key of a static
 * call of the kernel's: global, as objtool wants them, so in no two units of a module alike, and
 * with no digit at the end.
 */
/* { dg-do compile } */
/* { dg-options "-O2 -mcmodel=kernel -fno-pic -ffreestanding -fplugin-arg-static_call-kernel-module" } */
/* { dg-final { scan-assembler {\tcall\t__SCT__static_call_key_trampoline\.key2\.[0-9a-f]{8}\.key} } } */
/* { dg-final { scan-assembler {\tcall\t__SCT__static_call_key_trampoline\.own2\.[0-9a-f]{8}\.key} } } */
/* { dg-final { scan-assembler {\.globl\t__SCT__static_call_key_trampoline\.own2\.[0-9a-f]{8}\.key} } } */
/* { dg-final { scan-assembler {\.weak\t__SCK__static_call_key_trampoline\.own2\.[0-9a-f]{8}\.key} } } */
/* { dg-final { scan-assembler {\.quad\t__SCT__static_call_key_trampoline\.key2\.[0-9a-f]{8}\.key, 0\n} } } */
#include <static_call.h>

extern int (*key2)(void) STATIC_CALL_KEY;
static int (*own2)(int) STATIC_CALL_KEY;

void set_own(int (*fn)(int));
void set_own(int (*fn)(int))
{
	static_call_key_update(&own2, fn);
}

int work(int x);
int work(int x)
{
	return key2() + own2(x) + 1;
}
