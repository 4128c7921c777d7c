/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Without vector registers, as in a kernel, none is saved. */
/* { dg-do assemble } */
/* { dg-options "-O2 -c -mgeneral-regs-only" } */
/* { dg-final { scan-function calls_any {push +%r11} } } */
/* { dg-final { scan-function-not calls_any {xmm} } } */
#include <static_call.h>

extern void any(void);
long calls_any(long x) STATIC_CALL_KEY_CLOBBERS("rax");
long calls_any(long x)
{
	any();
	return x;
}
