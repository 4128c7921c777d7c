/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In a tail position the slow path still is a tail call. */
/* { dg-do assemble } */
/* { dg-final { scan-function-not work {\tcall} } } */
/* { dg-final { scan-function-not work.cold {\tcall} } } */
/* { dg-final { scan-function work {lea +0x1\(%rdi} } } */
/* { dg-final { scan-relocations {static_call_key_trampoline\.key} } } */
#include <static_call.h>

static int add(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY = add;

int work(int x)
{
	return key(x);
}
