/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Saving code is entered as the function is: one endbr64, and nothing that calls __fentry__. */
/* { dg-do assemble } */
/* { dg-options "-O2 -fcf-protection=branch -pg -mfentry -fno-pie" } */
/* { dg-final { scan-function calls_any {endbr64\n[^\n]*push +%rdx} } } */
/* { dg-final { scan-function-not calls_any {endbr64(.|\n)*endbr64} } } */
/* { dg-final { scan-function ordinary {endbr64\n[^\n]*call} } } */
#include <static_call.h>

extern void any(void);
long calls_any(long x) STATIC_CALL_KEY_CLOBBERS("rax");
long calls_any(long x)
{
	any();
	return x;
}

long ordinary(long x)
{
	any();
	return x + 1;
}
