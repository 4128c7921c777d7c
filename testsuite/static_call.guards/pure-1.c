/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls of pure and const keys become one rather than guards, unless a function is named. */
/* { dg-do assemble } */
/* { dg-final { scan-function work_pure {\tcall} } } */
/* { dg-final { scan-function-not work_named {\tcall} } } */
/* { dg-final { scan-function-not work_named_const {\tcall} } } */
/* { dg-final { scan-report-times {"key":"(pure|constant)","result":"plain","reason":"pure"} 3 } } */
#include <static_call.h>

extern int state;

static int get(int x)
{
	return state + x;
}

static int twice(int x)
{
	return x * 2;
}

int (*pure)(int) STATIC_CALL_KEY_PURE = get;
int (*constant)(int) STATIC_CALL_KEY_CONST = twice;
int (*named)(int) STATIC_CALL_KEY_PURE STATIC_CALL_KEY_INLINE(get) = get;
int (*named_const)(int) STATIC_CALL_KEY_CONST STATIC_CALL_KEY_INLINE(twice) = twice;

int work_pure(int x)
{
	return pure(x) + constant(x) + constant(x + 1);
}

int work_named(int x)
{
	return named(x);
}

int work_named_const(int x)
{
	return named_const(x);
}
