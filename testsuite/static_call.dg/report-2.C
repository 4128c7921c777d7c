/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report: calls of other callees than loaded pointers are not forgotten either. */
/* { dg-do compile } */
/* { dg-options "-O2" } */
/* { dg-final { scan-report-times {"function":"constant","result":"indirect","reason":"untagged"} 1 } } */
/* { dg-final { scan-report-times {"function":"member","result":"indirect","reason":"untagged"} 1 } } */
/* { dg-final { scan-report-times {"function":"returned","result":"indirect","reason":"untagged"} 1 } } */
/* { dg-final { scan-report-times {"function":"chosen","key":"key","result":"indirect","reason":"several-values"} 1 } } */
/* { dg-final { scan-report-not {"function":"(plain|qualified)"} } } */
/* { dg-final { scan-report-times {"event":"unit",.*"direct":0,"indirect":4} 1 } } */
#include <static_call.h>

typedef int (*function)(int);

struct base {
	virtual int f(int x);
	int g(int x);
};

function key STATIC_CALL_KEY;
function get();

int constant(int x)
{
	return ((function)0x123450)(x);
}

int member(base *b, int (base::*m)(int), int x)
{
	return (b->*m)(x);
}

int returned(int x)
{
	return get()(x);
}

int chosen(function other, bool b, int x)
{
	return (b ? key : other)(x);
}

int plain(base *b, int x)
{
	return b->g(x);
}

int qualified(base *b, int x)
{
	return b->base::f(x);
}
