/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Room in front of functions, and checks of what is undefined, see nobody enter: as in kernels. */
/* { dg-do compile } */
/* { dg-options "-O2 -fpatchable-function-entry=16,16 -fsanitize=bounds-strict -fsanitize=shift" } */
/* { dg-final { scan-assembler-times {\.LSCKB[0-9]+s:} 3 } } */
#include <static_call.h>

extern int (*key)(void) STATIC_CALL_KEY;
extern void (*key_of_nothing)(void) STATIC_CALL_KEY;
extern unsigned long (*key_of_same)(unsigned long x) STATIC_CALL_KEY;

void nothing(void) {}
int seven(void) { return 7; }
unsigned long same(unsigned long x) { return x; }

int work(void)
{
	return key() + 1;
}
