/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where kernels want room in front of functions, for call depth tracking, trampolines have it, too. */
/* { dg-do compile } */
/* { dg-options "-O2 -mcmodel=kernel -fno-pic -ffreestanding -fpatchable-function-entry=16,16 -fplugin-arg-static_call-kernel-module" } */
/* { dg-final { scan-assembler {\.p2align 4\n\t\.fill\t16, 1, 0x90\n\t\.type\t__SCT__static_call_key_trampoline\.key\.[0-9a-f]{8}\.key, @function\n} } } */
#include <static_call.h>

extern int (*key)(void) STATIC_CALL_KEY;

int work(void);
int work(void)
{
	return key() + 1;
}
