/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function with a set is not replaced by one that looks the same and keeps less. */
/* { dg-do assemble } */
/* { dg-options "-O2" } */
/* { dg-final { scan-function first {push +%rcx} } } */
/* { dg-final { scan-function-not first {jmp|call +[0-9a-f]+ <second} } } */
/* { dg-final { scan-function-not second {push +%rcx} } } */
#include <static_call.h>

extern void any(int);

static int first(int x) STATIC_CALL_KEY_CLOBBERS("rax");
static int first(int x)
{
	any(x);
	any(x + 1);
	any(x + 2);
	any(x * 3);
	any(x ^ 5);
	any(x - 9);
	return x * 7 + 3;
}

static int second(int x)
{
	any(x);
	any(x + 1);
	any(x + 2);
	any(x * 3);
	any(x ^ 5);
	any(x - 9);
	return x * 7 + 3;
}

int use(int x)
{
	return first(x) + second(x + 1) + first(x + 2) + second(x + 3);
}
