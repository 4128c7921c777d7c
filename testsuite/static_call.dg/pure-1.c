/* SPDX-License-Identifier: GPL-2.0-or-later */
/* "pure": calls with no store between them are one; an unused one is dropped. */
/* { dg-do compile } */
/* { dg-final { scan-assembler-times {call\tstatic_call_key_trampoline\.merged} 1 } } */
/* { dg-final { scan-assembler-times {call\tstatic_call_key_trampoline\.stored} 2 } } */
/* { dg-final { scan-assembler-not {(call|jmp)\tstatic_call_key_trampoline\.unused} } } */
/* { dg-final { scan-assembler-times {call\tstatic_call_key_trampoline\.plain} 2 } } */
#include <static_call.h>

int (*merged)(int) STATIC_CALL_KEY_PURE;
int (*stored)(int) STATIC_CALL_KEY_PURE;
int (*unused)(int) STATIC_CALL_KEY_PURE;
int (*plain)(int) STATIC_CALL_KEY;
int state;

int work_merged(int x)
{
	return merged(x) + merged(x);
}

int work_stored(int x)
{
	int first = stored(x);

	state = x;
	return first + stored(x);
}

void work_unused(int x)
{
	unused(x);
}

int work_plain(int x)
{
	return plain(x) + plain(x);
}
