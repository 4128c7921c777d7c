/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tags that contradict each other, on one declaration or on two of one variable: each is told of once. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-static_call-report" } */
#include <static_call_dynamic.h>

typedef int (*fn)(int);

fn both STATIC_CALL_DYNAMIC STATIC_CALL_NEVER; /* { dg-warning ".both. is tagged .static_call_dynamic. and .static_call_never.: calls through it stay as they are, drop one" } */
extern fn twice STATIC_CALL_NEVER;
extern fn twice STATIC_CALL_DYNAMIC_AS("t"); /* { dg-warning ".twice. is tagged .static_call_dynamic. and .static_call_never." } */
extern fn twice;
struct ops {
	fn member STATIC_CALL_NEVER STATIC_CALL_DYNAMIC; /* { dg-warning ".member. is tagged .static_call_dynamic. and .static_call_never." } */
	fn names STATIC_CALL_DYNAMIC_AS("first") STATIC_CALL_DYNAMIC_AS("second"); /* { dg-warning "calls through .names. are to learn as .first. and as .second.: they do as the former, drop one" } */
	fn one_name STATIC_CALL_DYNAMIC STATIC_CALL_DYNAMIC_AS("only") STATIC_CALL_DYNAMIC_AS("only");
};
typedef fn type STATIC_CALL_DYNAMIC STATIC_CALL_NEVER; /* { dg-warning ".type. is tagged .static_call_dynamic. and .static_call_never." } */
extern fn named STATIC_CALL_DYNAMIC_AS("a");
fn named STATIC_CALL_DYNAMIC_AS("b"); /* { dg-warning "calls through .named. are to learn as .\[ab\]. and as .\[ab\].:" } */
int target(int);
fn key STATIC_CALL_KEY STATIC_CALL_DYNAMIC = target; /* { dg-warning ".key. is a key, its calls are direct: .static_call_dynamic. does nothing for it, drop one" } */
extern fn late STATIC_CALL_NEVER;
fn late STATIC_CALL_KEY = target; /* { dg-warning ".late. is a key, its calls are direct: .static_call_never. does nothing for it, drop one" } */
static fn fine STATIC_CALL_NEVER;

int call_both(int x) { return both(x) + 1; } /* { dg-message "static_call_never says so" } */
int call_names(struct ops *p, int x) { return p->names(x) + 1; } /* { dg-message "with the state .first." } */
int call_one(struct ops *p, int x) { return p->one_name(x) + 1; } /* { dg-message "with the state .only." } */
int call_key(int x) { return key(x) + late(x); } /* { dg-message "made direct" } */
int call_parameter(int x, fn f STATIC_CALL_DYNAMIC STATIC_CALL_NEVER) /* { dg-warning ".f. is tagged .static_call_dynamic. and .static_call_never." } */
{
	return f(x) + fine(x); /* { dg-message "static_call_never says so" } */
}
/* { dg-message "static_call.: 2 calls made dynamic" "" 0 } */
/* { dg-message "2 calls made direct, 5 left indirect" "" 0 } */
