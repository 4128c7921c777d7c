/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tags that contradict each other, in C++: members, templates, static members; each is told of once. */
/* { dg-do compile } */
/* { dg-options "-O2" } */
#include <static_call_dynamic.h>

typedef int (*fn)(int);
int target(int);

struct ops {
	fn member STATIC_CALL_NEVER STATIC_CALL_DYNAMIC; /* { dg-warning ".member. is tagged .static_call_dynamic. and .static_call_never." } */
	static fn shared STATIC_CALL_DYNAMIC_AS("a") STATIC_CALL_DYNAMIC_AS("b"); /* { dg-warning "ops::shared. are to learn as .a. and as .b." } */
	static fn key STATIC_CALL_KEY;
};
fn ops::shared;
fn ops::key STATIC_CALL_DYNAMIC = target; /* { dg-warning "ops::key. is a key, its calls are direct" } */

template <class T> struct of {
	T (*member)(T) STATIC_CALL_DYNAMIC STATIC_CALL_NEVER; /* { dg-warning "member. is tagged .static_call_dynamic. and .static_call_never." } */
	T call(T x) { return member(x) + 1; }
};
int call_int(of<int> *p, int x) { return p->call(x); }
long call_long(of<long> *p, long x) { return p->call(x); }

using type STATIC_CALL_NEVER STATIC_CALL_DYNAMIC = int (*)(int); /* { dg-warning "type = .* is tagged" } */
extern "C" int parameter(fn f STATIC_CALL_DYNAMIC_AS("x") STATIC_CALL_DYNAMIC_AS("y")) /* { dg-warning ".f. are to learn as .x. and as .y." } */
{
	return f(1) + 1;
}
int object(ops *p, int x) { return p->member(x) + ops::shared(x) + ops::key(x); }
/* { dg-final { scan-assembler-times {\tcall\tstatic_call_key_dynamic} 2 } } */
