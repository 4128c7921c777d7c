/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function with a set is not replaced by one that looks the same and keeps less. */
/* { dg-do assemble } */
/* { dg-options "-O2" } */
/* { dg-final { scan-function first {push +%rcx} } } */
/* { dg-final { scan-function-not first {jmp|call +[0-9a-f]+ <second} } } */
/* { dg-final { scan-function-not second {push +%rcx} } } */
#include <static_call.h>

extern void any(int);

int first(int x) STATIC_CALL_KEY_CLOBBERS("rax");
int first(int x)
{
	any(x);
	any(x + 1);
	return x * 7 + 3;
}

int second(int x)
{
	any(x);
	any(x + 1);
	return x * 7 + 3;
}
