/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The body of a function that keeps registers is called as a function is: it has room in front, too. */
/* { dg-do compile } */
/* { dg-options "-O2 -mcmodel=kernel -fno-pic -ffreestanding -mgeneral-regs-only -fpatchable-function-entry=16,16" } */
/* { dg-final { scan-assembler {\tret\n(\t\.cfi_[^\n]*\n)*\t\.fill\t16, 1, 0x90\nkeeps\.static_call_body:\n} } } */
#include <static_call.h>

void other(void);

void keeps(void) STATIC_CALL_KEY_CLOBBERS("rax");
void keeps(void)
{
	other();
	other();
}
