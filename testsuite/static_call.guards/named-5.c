/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A function that is named, and that GCC turns out not to inline, as its options differ: the
 * call stays one, and nothing is left of the copy that would have been inlined.
 */
/* { dg-do assemble } */
/* { dg-final { scan-symbols-not {static_call_key_inline} } } */
/* { dg-final { scan-sections-not {static_call_key_guards} } } */
/* { dg-final { scan-report-times {"key":"key","result":"plain","target":"checked","reason":"not-inlined"} 1 } } */
/* { dg-final { scan-report-times {"key":"constant","result":"plain","target":"special","reason":"not-inlined"} 2 } } */
#include <static_call.h>

#define TEN(x) x x x x x x x x x x

extern volatile int state;

__attribute__((optimize("trapv"))) static int checked(int x)
{
	return x + state;
}

/* Of this one GCC would make another copy, where mode is always 3. */
__attribute__((optimize("trapv"))) static int special(int x, int mode)
{
	if (mode == 3) {
		TEN(state += x;)
		TEN(state *= x;)
	}
	return x + state;
}

int (*key)(int) STATIC_CALL_KEY_INLINE(checked) = checked;
int (*constant)(int, int) STATIC_CALL_KEY_INLINE(special) = special;

int work(int x)
{
	return key(x) + constant(x, 3) - constant(-x, 3);
}
