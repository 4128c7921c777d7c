/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The only function that the initializer shows is inlined; the call is in the cold part. */
/* { dg-do assemble } */
/* { dg-final { scan-function-not work {\tcall} } } */
/* { dg-final { scan-function work {(lea|add) .*0x28} } } */
/* { dg-final { scan-function work.cold {\tcall} } } */
/* { dg-final { scan-sections {static_call_key_guards +PROGBITS +[0-9a-f]+ [0-9a-f]+ 000014 } } } */
/* { dg-final { scan-sections-times {static_call_key_sites +PROGBITS +[0-9a-f]+ [0-9a-f]+ 000008 } 1 } } */
#include <static_call.h>

static int add(int x)
{
	return x + 40;
}

int (*key)(int) STATIC_CALL_KEY = add;

int work(int x)
{
	return key(x) + 2;
}
