/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A member of a struct without keys is a key only where C's rules on types let the struct be
 * one: a key, or several in an array, can be written as a struct of as many, but not as a
 * larger one; and a struct that lies in one with a key may be that. GCC's -fstrict-aliasing.
 */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-static_call-stores=warn" } */
#include <static_call.h>

typedef int (*fn)(int);

struct inner {
	long number;
	fn call;
};

struct outer {
	struct inner inner STATIC_CALL_KEY;
	fn more;
} outer;
fn key STATIC_CALL_KEY;
fn three[3] STATIC_CALL_KEY;

struct wrap {
	fn call;
};
struct three {
	fn a, b, c;
};
struct four {
	fn a, b, c, d;
};
struct large {
	long number;
	struct wrap wrap;
	long more[8];
};
union any {
	struct four four;
	fn call;
};
struct anything {
	fn a, b, c, d;
} __attribute__((may_alias));

void related(struct inner *i, struct wrap *w, struct three *t, union any *u, struct anything *a,
	     fn f)
{
	i->call = f;   /* { dg-warning "may change" } */
	w->call = f;   /* { dg-warning "may change" } */
	t->b = f;      /* { dg-warning "may change" } */
	u->four.c = f; /* { dg-warning "may change" } */
	a->b = f;      /* { dg-warning "may change" } */
}

void unrelated(struct four *p, struct large *l, fn f)
{
	p->c = f;
	l->wrap.call = f;
}

__attribute__((optimize("no-strict-aliasing"))) void unruled(struct four *p, fn f)
{
	p->c = f; /* { dg-warning "may change" } */
}
