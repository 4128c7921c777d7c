/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A run of stores has one resync: in a row, over branches, in loops. What ends with a
 * branch has one on either way; a loop has one more, for stores to the same place again.
 */
/* { dg-do compile } */
/* { dg-options "-O2 -fno-crossjumping" } */
/* { dg-final { scan-assembler-times {(call|jmp)\tstatic_call_key_stored} 9 } } */
#include <static_call.h>

typedef int (*fn)(int);

#define FOUR(n) fn n##0, n##1, n##2, n##3;

struct table {
	FOUR(a) FOUR(b) FOUR(c) FOUR(d)
} t STATIC_CALL_KEY;
fn u STATIC_CALL_KEY, v STATIC_CALL_KEY, w STATIC_CALL_KEY;
fn many[64] STATIC_CALL_KEY;

#define SET(n, f) t.n##0 = f; t.n##1 = f; t.n##2 = f; t.n##3 = f;

void row(fn f)
{
	SET(a, f) SET(b, f) SET(c, f) SET(d, f)
}

void pointer(struct table *p, fn f)
{
	p->a0 = f;
	p->b0 = f;
	p->d3 = f;
}

void of_volatile(fn f)
{
	volatile struct table *p = &t;

	p->a0 = f;
	p->b0 = f;
	p->d3 = f;
}

void branches(int flags, fn f, fn g)
{
	u = f;
	if (flags & 1)
		u = g;
	v = f;
	if (flags & 2)
		v = g;
	w = f;
	if (flags & 4)
		w = g;
}

void loop(int n, fn f)
{
	int i;

	for (i = 0; i < n; i++)
		many[i] = f;
}

void loop_of_some(int n, const int *which, fn f)
{
	int i;

	for (i = 0; i < n; i++)
		if (which[i])
			many[i] = f;
}
