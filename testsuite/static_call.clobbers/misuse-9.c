/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options that leave no way to keep registers. */
/* { dg-do compile } */
/* { dg-options "-O2 -fno-dwarf2-cfi-asm" } */
#include <static_call.h>

extern void any(void);

void calls(void) STATIC_CALL_KEY_CLOBBERS("rax");
void calls(void) /* { dg-error "to keep them needs .-fdwarf2-cfi-asm." } */
{
	any();
}

/* Changes nothing. */
int leaf(int x) STATIC_CALL_KEY_CLOBBERS("rax");
int leaf(int x)
{
	return x;
}
