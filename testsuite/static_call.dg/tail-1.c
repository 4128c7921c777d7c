/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tail calls are jumps of five bytes to the trampoline, flagged in the table. */
/* { dg-do compile } */
/* { dg-final { scan-assembler-times {^\tjmp\tstatic_call_key_trampoline\.(key|ops)} 3 } } */
/* { dg-final { scan-assembler-times {static_call_key_record\.[a-z.0-9]*\+1-\.} 3 } } */
/* { dg-final { scan-assembler-not {call\t} } } */
#include <static_call.h>

struct ops {
	long number;
	void (*call)(int);
} ops STATIC_CALL_KEY;
int (*key)(int) STATIC_CALL_KEY;

int value(int x)
{
	return key(x);
}

void nothing(int x)
{
	ops.call(x);
}

int guarded(int x)
{
	if (key)
		return key(x);
	return 0;
}
