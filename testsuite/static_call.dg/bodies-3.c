/* SPDX-License-Identifier: GPL-2.0-or-later */
/* No entry for functions that somebody wants to see entered, or that code does not call. */
/* { dg-do compile } */
/* { dg-options "-O2 -mgeneral-regs-only" } */
/* { dg-final { scan-assembler-times {set\t\.LSCKB} 1 } } */
/* { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, good\n} } } */
#include <static_call.h>

extern int (*key)(void) STATIC_CALL_KEY;

int good(void) { return 1; }

__attribute__((noinline)) int noinline(void) { return 1; }
__attribute__((noipa)) int noipa(void) { return 1; }
__attribute__((patchable_function_entry(2))) int patchable(void) { return 1; }
__attribute__((optimize("O0"))) int slow(void) { return 1; }
__attribute__((optimize("Og"))) int debugged(void) { return 1; }
__attribute__((naked)) int naked(void) { __asm__("ret"); }
__attribute__((interrupt)) void interrupt(void *frame) { (void)frame; }
