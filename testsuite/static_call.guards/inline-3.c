/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In C too, whose inline functions have their body in each unit, and are defined in one. */
/* { dg-do assemble } */
/* { dg-final { scan-function-not work {\tcall} } } */
/* { dg-final { scan-function work {0x3e9\(%rdi} } } */
/* { dg-final { scan-symbols {U fast$} } } */
/* { dg-final { scan-symbols-not {unused} } } */
#include <static_call.h>

inline int fast(int x)
{
	return x + 1001;
}

inline int unused(int x)
{
	return x + 2002;
}

extern int (*key)(int) STATIC_CALL_KEY_INLINE(fast);
extern int (*never)(int) STATIC_CALL_KEY_INLINE(unused);

int work(int x)
{
	return key(x);
}
