/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a definition saves is what it changes and does not list: nothing in a short
 * function, one register if it calls what changes one, all if it calls anything.
 */
/* { dg-do assemble } */
/* { dg-options "-O2" } */
/* { dg-final { scan-function-not leaf {push|pop|\tcall} } } */
/* { dg-final { scan-function calls_leaf {push +%rdx} } } */
/* { dg-final { scan-function-not calls_leaf {push +%rcx|movups} } } */
/* { dg-final { scan-function calls_any {push +%r11} } } */
/* { dg-final { scan-function calls_any {movups +%xmm15} } } */
/* { dg-final { scan-function-not calls_any {push +%rax} } } */
/* { dg-final { scan-symbols {calls_any\.static_call_body} } } */
/* { dg-final { scan-symbols-not {\mleaf\.static_call_body} } } */
#include <static_call.h>

long leaf(long x) STATIC_CALL_KEY_CLOBBERS("rax");
long leaf(long x)
{
	return 3 * x + 1;
}

extern long other(long) STATIC_CALL_KEY_CLOBBERS("rax", "rdx");
long (*key)(long) STATIC_CALL_KEY_CLOBBERS("rax", "rdx") STATIC_CALL_KEY = other;

long calls_leaf(long x) STATIC_CALL_KEY_CLOBBERS("rax", "rdi");
long calls_leaf(long x)
{
	return key(x) + 1;
}

extern void any(void);
long calls_any(long x) STATIC_CALL_KEY_CLOBBERS("rax");
long calls_any(long x)
{
	any();
	return x;
}
