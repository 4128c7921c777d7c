/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function that is named twice, and one that several declarations name, stand in one entry each. */
/* { dg-do assemble } */
/* { dg-final { scan-sections {static_call_key_guards +PROGBITS +[0-9a-f]+ [0-9a-f]+ 000028 } } } */
/* { dg-final { scan-function-not work {\tcall} } } */
#include <static_call.h>

int a(int x)
{
	return x + 1001;
}

int b(int x)
{
	return x + 2002;
}

extern int (*key)(int) STATIC_CALL_KEY_INLINE(a, a, b);
int (*key)(int) STATIC_CALL_KEY_INLINE(b, a) = a;

int work(int x)
{
	return key(x);
}
