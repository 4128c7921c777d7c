/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report: a note at each call through a pointer, and the reason. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-static_call-report" } */
/* { dg-message "note: .static_call.: 1 calls made direct, 2 left indirect" "" 0 } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;
int (*table[3])(int) STATIC_CALL_KEY;
int (*plain)(int);

int work(int i, int x)
{
	x += key(x); /* { dg-message "note: call through .static_call_key. .key. made direct" "" } */
	x += table[i](x); /* { dg-message "note: call through .static_call_key. .*stays indirect: the index" "" } */
	x += plain(x); /* { dg-message "note: indirect call left alone" "" } */
	return x;
}

void set(int (*f)(int))
{
	key = f; /* { dg-message "note: store that may change a .static_call_key." "" } */
}
