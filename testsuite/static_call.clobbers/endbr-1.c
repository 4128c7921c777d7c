/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Saving code is entered as the function is: one endbr64, in front of __fentry__. */
/* { dg-do assemble } */
/* { dg-options "-O2 -fcf-protection=branch -pg -mfentry -fno-pie" } */
/* { dg-final { scan-function calls_any {endbr64\n(.|\n)*\tcall(.|\n)*push +%rdx} } } */
/* { dg-final { scan-function-not calls_any {endbr64(.|\n)*endbr64} } } */
/* { dg-final { scan-function calls_other {endbr64(.|\n)*push +%rdx} } } */
/* { dg-final { scan-function-not calls_other {endbr64(.|\n)*endbr64} } } */
#include <static_call.h>

extern void any(void);
long calls_any(long x) STATIC_CALL_KEY_CLOBBERS("rax");
long calls_any(long x)
{
	any();
	return x;
}

__attribute__((no_instrument_function)) long calls_other(long x) STATIC_CALL_KEY_CLOBBERS("rax");
long calls_other(long x)
{
	any();
	return x + 1;
}
