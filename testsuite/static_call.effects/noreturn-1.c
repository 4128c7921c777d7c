/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * noreturn, which GCC keeps on pointers: the call is the last instruction. What follows an asm
 * that never returns is compiled, unless the source says __builtin_unreachable().
 */
/* { dg-do compile } */
/* { dg-additional-options "-mno-red-zone -fcf-protection=none" } */
#include <static_call.h>
#include "effects.h"

void (*key)(long) __attribute__((noreturn)) STATIC_CALL_KEY;
HIDDEN void (*plain)(long) __attribute__((noreturn));
long global;

long always_key(long x)
{
	key(x);
	return global;
}

long always_plain(long x)
{
	plain(x);
	return global;
}

long always_asm(long x)
{
	ASM_CALL(plain, x);
	return global;
}

/* x is 0 after the test. */
long sometimes_key(long x)
{
	if (x)
		key(x);
	return x + 3;
}

long sometimes_plain(long x)
{
	if (x)
		plain(x);
	return x + 3;
}

long sometimes_asm(long x)
{
	if (x)
		ASM_CALL(plain, x);
	return x + 3;
}

/* { dg-final { scan-body-times always_key {^call\s} 1 } } */
/* { dg-final { scan-body-not always_key {^ret|global} } } */
/* { dg-final { scan-body-not always_plain {^ret|global} } } */
/* { dg-final { scan-body-times always_asm {^ret} 1 } } */
/* { dg-final { scan-body-times always_asm {global} 1 } } */
/* { dg-final { no-longer-than always_key always_plain } } */
/* { dg-final { scan-body-times sometimes_key {^mov[lq]\s+\$3, %[er]ax} 1 } } */
/* { dg-final { scan-body-times sometimes_key {^ret} 1 } } */
/* { dg-final { scan-body-not sometimes_asm {^mov[lq]\s+\$3, %[er]ax} } } */
/* { dg-final { no-longer-than sometimes_key sometimes_plain } } */
