/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys of several forms have names that say which object and which part of it. */
/* { dg-do compile } */
/* { dg-final { scan-assembler {call\tstatic_call_key_trampoline\.ops\.8$} } } */
/* { dg-final { scan-assembler {call\tstatic_call_key_trampoline\.ops\.24$} } } */
/* { dg-final { scan-assembler {call\tstatic_call_key_trampoline\.table\.16$} } } */
/* { dg-final { scan-assembler {call\tstatic_call_key_trampoline_null\.hook$} } } */
/* { dg-final { scan-assembler {\.string\t"ops\.inner\.call"} } } */
/* { dg-final { scan-assembler {\.string\t"table\[2\]"} } } */
/* { dg-final { scan-assembler-not {call\t\*} } } */
#include <static_call.h>

struct ops {
	long number;
	int (*call)(int);
	struct {
		long number;
		int (*call)(int);
	} inner;
};

struct ops ops STATIC_CALL_KEY;
int (*table[3])(int) STATIC_CALL_KEY;
void (*hook)(void) STATIC_CALL_KEY_NOP_IF_NULL;

int work(int x)
{
	hook();
	return ops.call(x) + ops.inner.call(x) + table[2](x);
}
