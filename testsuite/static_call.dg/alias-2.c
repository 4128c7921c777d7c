/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A target is not known: nothing of the first one is inlined or assumed. */
/* { dg-do compile } */
/* { dg-options "-O3 -fipa-ra -fipa-pta" } */
/* { dg-final { scan-assembler-times {(call|jmp)\tstatic_call_key_trampoline\.key} 2 } } */
/* { dg-final { scan-assembler {call\tstatic_call_key_trampoline\.key(.|\n)*state\(%rip\)} } } */
#include <static_call.h>

static int one(int x)
{
	return x + 1;
}

static int (*key)(int) STATIC_CALL_KEY = one;
int state;

int work(int x)
{
	state = 5;
	x = key(x);
	return x + state;
}

int second(int x)
{
	return key(x);
}
