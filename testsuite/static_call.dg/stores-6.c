/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stores=named: stores that name a key are followed, those that only might reach one are not. */
/* { dg-do compile } */
/* { dg-options "-O2 -ffreestanding -fplugin-arg-static_call-stores=named" } */
/* { dg-final { scan-report-times {"event":"store",.*"result":"named"} 6 } } */
#include <static_call.h>

struct ops {
	int (*call)(int);
	long number;
} ops STATIC_CALL_KEY;
struct tagged {
	int (*call)(int) STATIC_CALL_KEY;
	long number;
};
int (*key)(int) STATIC_CALL_KEY;

void named(int (*f)(int), const struct ops *o, struct tagged *t, const struct tagged *u)
{
	key = f;
	ops.call = f;
	ops = *o;
	__builtin_memset(&ops, 0, sizeof(ops));
	t->call = f;
	*t = *u;
}

void others(int (*f)(int), int (**p)(int), void **v, void *w, struct ops *q, const struct ops *o,
	    struct tagged *t, unsigned long n)
{
	*p = f;
	*v = f;
	__builtin_memcpy(w, o, n);
	q->call = f;
	*q = *o;
	t->number = 3;
	ops.number = 4;
}
