/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a variadic function has its arguments depends on its caller. */
/* { dg-do compile } */
#include <static_call.h>

int variadic(int, ...) STATIC_CALL_KEY_CLOBBERS("rax");
int variadic(int x, ...) /* { dg-error "a variadic function cannot be defined with" } */
{
	return x;
}
