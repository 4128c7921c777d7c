/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stores=sync is the default in hosted code. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-static_call-stores=sync" } */
/* { dg-final { scan-assembler-times {(call|jmp)\tstatic_call_key_stored} 1 } } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;

void work(int (*f)(int))
{
	key = f;
}
