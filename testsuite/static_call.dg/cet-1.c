/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CET: a trampoline is only called directly, so it needs no endbr64, but its jump must not be notrack. */
/* { dg-do compile } */
/* { dg-require-effective-target cet } */
/* { dg-options "-O2 -fcf-protection=full" } */
/* { dg-final { scan-assembler-not "notrack" } } */
/* { dg-final { scan-assembler-times {call\tstatic_call_key_trampoline\.key} 1 } } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;

int work(int x)
{
	return key(x) + 1;
}
