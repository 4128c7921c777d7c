/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A pointer that may have changed since it was loaded: indirect, with that reason. */
/* { dg-do compile } */
/* { dg-final { scan-assembler-not {(call|jmp)\tstatic_call_key_trampoline} } } */
/* { dg-final { scan-report-times {"event":"call",.*"key":"key","result":"indirect","reason":"changed-between"} 3 } } */
/* { dg-final { scan-report-not {"result":"direct"} } } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;
int (*other)(int);
void g(void);

int stored(int x)
{
	int (*f)(int) = key;

	key = other;
	return f(x) + 1;
}

int called(int x)
{
	int (*f)(int) = key;

	g();
	return f(x) + 1;
}

int stored_through(int (**p)(int), int x)
{
	int (*f)(int) = key;

	*p = other;
	return f(x) + 1;
}
