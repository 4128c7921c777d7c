/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function that calls the key which holds it is not inlined into itself; into others it is. */
/* { dg-do assemble } */
/* { dg-final { scan-report-times {"function":"faculty","key":"key","result":"plain","reason":"noinline"} 1 } } */
/* { dg-final { scan-report-times {"function":"work","key":"key","result":"guarded","target":"faculty"} 1 } } */
#include <static_call.h>

extern int (*key)(int) STATIC_CALL_KEY;

static int faculty(int x)
{
	while (x > 100)
		x = key(x - 1);
	return x;
}

int (*key)(int) STATIC_CALL_KEY = faculty;

int work(int x)
{
	return key(x);
}
