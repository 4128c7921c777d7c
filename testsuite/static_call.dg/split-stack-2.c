/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same where GCC says nothing: a static function that is inlined is not written. */
/* { dg-do compile } */
/* { dg-options "-O2 -fsplit-stack" } */
/* { dg-final { scan-assembler-times "\\.note\\.GNU-no-split-stack" 1 } } */
#define NONE
#include "split-stack-1.c"

__attribute__((no_split_stack)) static inline int inlined(int x)
{
	return x + 2;
}

int user(int x)
{
	return inlined(x);
}
