/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key with a clobber set: the slow path keeps it, and the caller saves nothing. */
/* { dg-do assemble } */
/* { dg-final { scan-function-not work {\t(call|push)} } } */
/* { dg-final { scan-function-not work.cold {\tpush +%r[^a]} } } */
/* { dg-final { scan-function work.cold {\tcall} } } */
#include <static_call.h>

STATIC_CALL_KEY_CLOBBERS("rax") static int add(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY_CLOBBERS("rax") STATIC_CALL_KEY = add;

int work(int a, int b, int c, int d)
{
	int x = key(a);

	return x + (a ^ b) * (c - d);
}
