/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A resync does not wait for a later store past a call, an atomic access or asm. */
/* { dg-do compile } */
/* { dg-options "-O2" } */
/* { dg-final { scan-assembler-times {(call|jmp)\tstatic_call_key_stored} 8 } } */
#include <static_call.h>

typedef int (*fn)(int);

fn u STATIC_CALL_KEY, v STATIC_CALL_KEY;
extern volatile int port;
extern int flag;
void anything(void);

void call(fn f)
{
	u = f;
	anything();
	v = f;
}

void atomic(fn f)
{
	u = f;
	__atomic_store_n(&flag, 1, __ATOMIC_RELEASE);
	v = f;
}

void access(fn f)
{
	u = f;
	port = 1;
	v = f;
}

void barrier(fn f)
{
	u = f;
	__asm__ volatile("" : : : "memory");
	v = f;
}
