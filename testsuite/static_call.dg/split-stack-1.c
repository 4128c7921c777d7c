/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * That the unit has code which does not look at the stack limit is said once, by GCC or by the
 * plugin: the assembler would warn.
 */
/* { dg-do assemble } */
/* { dg-options "-O2 -fsplit-stack -Wa,--fatal-warnings" } */
#include <static_call.h>

int target(int x);
int (*key)(int) STATIC_CALL_KEY = target;
int (*other)(int) STATIC_CALL_KEY = target;

int work(int x)
{
	return key(x) + other(x);
}

#ifndef NONE
__attribute__((no_split_stack)) int plain(int x)
{
	return key(x) + 1;
}
#endif
