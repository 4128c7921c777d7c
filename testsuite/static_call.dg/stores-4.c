/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Freestanding code has no resync by itself: the store is warned of. */
/* { dg-do compile } */
/* { dg-options "-O2 -ffreestanding" } */
/* { dg-final { scan-assembler-not {(call|jmp)\tstatic_call_key_stored} } } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;

void work(int (*f)(int))
{
	key = f; /* { dg-warning "store that may change the .static_call_key. .key." } */
}
