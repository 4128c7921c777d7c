/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The known clobbers of a call: what a key of const type does to memory is nothing. */
/* { dg-do compile } */
/* { dg-final { scan-assembler-times {call\tstatic_call_key_trampoline\.square} 1 } } */
/* { dg-final { scan-assembler-times {call\tstatic_call_key_trampoline\.plain} 2 } } */
#include <static_call.h>

__attribute__((const)) int (*square)(int) STATIC_CALL_KEY;
int (*plain)(int) STATIC_CALL_KEY;

int twice_const(int x)
{
	return square(x) + square(x);
}

int twice_plain(int x)
{
	return plain(x) + plain(x);
}
