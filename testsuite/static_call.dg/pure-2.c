/* SPDX-License-Identifier: GPL-2.0-or-later */
/* "const": a store between two calls does not keep them apart. */
/* { dg-do compile } */
/* { dg-final { scan-assembler-times {call\tstatic_call_key_trampoline\.fixed} 1 } } */
#include <static_call.h>

int (*fixed)(int) STATIC_CALL_KEY_CONST;
int state;

int work(int x)
{
	int first = fixed(x);

	state = x;
	return first + fixed(x);
}
