/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In a loop no register is saved for a call that is not made. */
/* { dg-do assemble } */
/* { dg-final { scan-function-not work {\tcall} } } */
/* { dg-final { scan-function work.cold {\tcall} } } */
#include <static_call.h>

static int add(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY = add;

int work(int n)
{
	int i, sum = 0;

	for (i = 0; i < n; i++)
		sum ^= key(i);
	return sum;
}
