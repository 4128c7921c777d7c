/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is named is inlined whatever its size, also twice, and other calls of it are what they were. */
/* { dg-do assemble } */
/* { dg-final { scan-function-not work {\tcall +.*large} } } */
/* { dg-final { scan-function work {lea|add} } } */
/* { dg-final { scan-function other {\t(call|jmp)} } } */
/* { dg-final { scan-symbols-not {static_call_key_inline} } } */
/* { dg-final { scan-report-times {"key":"key","result":"guarded","target":"large"} 2 } } */
/* { dg-final { scan-report-times {"key":"automatic","result":"plain","reason":"large"} 1 } } */
#include <static_call.h>

#define TEN(x)     x x x x x x x x x x

extern volatile int state;

static int large(int x)
{
	TEN(state += x; x = x * 3 + state;)
	return x;
}

int (*key)(int) STATIC_CALL_KEY_INLINE(large) = large;
int (*automatic)(int) STATIC_CALL_KEY = large;

int work(int x)
{
	return key(key(x));
}

int other(int x)
{
	return large(x);
}

int plain(int x)
{
	return automatic(x);
}
