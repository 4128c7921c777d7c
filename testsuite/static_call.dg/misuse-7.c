/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A thread-local variable of C11, static and in a function. */
/* { dg-do compile } */
#include <static_call.h>

int work(int x)
{
	static _Thread_local int (*key)(int) STATIC_CALL_KEY; /* { dg-error "thread-local variable .key." } */

	return key(x);
}
