/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report: a virtual call is a call through a pointer, and counts, with its own reason. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-static_call-report" } */
/* { dg-message "note: .static_call.: 0 calls made direct, 1 left indirect" "" 0 } */
/* { dg-final { scan-report-times {"function":"work","result":"indirect","reason":"virtual"} 1 } } */
struct base {
	virtual int f(int x) = 0;
};

int work(base *b, int x)
{
	return b->f(x); /* { dg-message "note: virtual call left alone" "" } */
}
