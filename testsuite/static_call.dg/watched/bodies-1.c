/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is compiled to be watched, or not to be optimized, has no entries (those of bodies-1.c). */
/* { dg-do compile } */
/* { dg-final { scan-assembler-not {\.LSCKB} } } */
/* { dg-final { scan-assembler-not {static_call_key_bodies,} } } */
#include <static_call.h>

extern int (*key)(void) STATIC_CALL_KEY;

void nothing(void) {}
int seven(void) { return 7; }
unsigned long same(unsigned long x) { return x; }

int work(void)
{
	return key() + 1;
}
