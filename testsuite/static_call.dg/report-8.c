/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report=FILE: a struct that has its name from a typedef is known by it, the first if more. */
/* { dg-do compile } */
/* { dg-options "-O2" } */
#include <static_call.h>

typedef struct {
	int (*tagged)(int) STATIC_CALL_KEY;
	int (*plain)(int);
} ops_t, *ops_p;
typedef ops_t other_t;
typedef const ops_t const_t;

int work(ops_p p, other_t *o, const_t *c) { return p->plain(1) + o->plain(2) + c->tagged(3); }
void store(other_t *o, int (*f)(int)) { o->plain = f; }

/* { dg-final { scan-report-times {"event":"tag",.*"place":"ops_t::tagged"} 1 } } */
/* { dg-final { scan-report-times {"event":"untagged-store",.*"place":"ops_t::plain"} 1 } } */
/* { dg-final { scan-report-times {"from":"member","name":"ops_t::plain"} 2 } } */
/* { dg-final { scan-report-times {"from":"member","name":"ops_t::tagged"} 1 } } */
