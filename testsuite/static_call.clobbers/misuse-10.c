/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options that leave no way to keep registers. */
/* { dg-do compile } */
/* { dg-options "-O2 -mcmodel=large" } */
#include <static_call.h>

extern void any(void);

void calls(void) STATIC_CALL_KEY_CLOBBERS("rax");
void calls(void) /* { dg-error "needs a direct call to keep them" } */
{
	any();
}
