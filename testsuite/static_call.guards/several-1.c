/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the unit shows two functions, or none, there is no guard, and the report says so. */
/* { dg-do assemble } */
/* { dg-final { scan-sections-not {static_call_key_guards} } } */
/* { dg-final { scan-report-times {"event":"guard",.*"key":"two","result":"plain","reason":"unknown"} 1 } } */
/* { dg-final { scan-report-times {"event":"guard",.*"key":"none","result":"plain","reason":"unknown"} 1 } } */
/* { dg-final { scan-report-not {"result":"guarded"} } } */
#include <static_call.h>

static int first(int x)
{
	return x + 1;
}

static int second(int x)
{
	return x + 2;
}

int (*two)(int) STATIC_CALL_KEY = first;
extern int (*none)(int) STATIC_CALL_KEY;

void set(void)
{
	two = second;
}

int work(int x)
{
	return two(x) + none(x);
}
