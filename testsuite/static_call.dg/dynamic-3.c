/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where these attributes make no sense. */
/* { dg-do compile } */
#include <static_call_dynamic.h>

int number STATIC_CALL_DYNAMIC; /* { dg-error "static_call_dynamic. on .number., which is not a pointer to function" } */
struct s { long member STATIC_CALL_NEVER; }; /* { dg-error "static_call_never. on .member., which is not a pointer to function" } */
int f(int) STATIC_CALL_DYNAMIC; /* { dg-error "static_call_dynamic. on the function .f.: tag the pointer" } */
int g(int) STATIC_CALL_NEVER;
typedef int type STATIC_CALL_DYNAMIC; /* { dg-error "on .type., which is not a pointer to function" } */
int (*a)(int) __attribute__((static_call_dynamic(7))); /* { dg-error "argument of .static_call_dynamic. is the name of a state, in quotes" } */
int (*b)(int) __attribute__((static_call_dynamic(""))); /* { dg-error "argument of .static_call_dynamic. is the name of a state, in quotes" } */
int (*c)(int) __attribute__((static_call_dynamic("x", "y"))); /* { dg-error "wrong number of arguments" } */
int (*d)(int) __attribute__((static_call_never("x"))); /* { dg-error "wrong number of arguments" } */
struct __attribute__((static_call_dynamic)) t { int x; }; /* { dg-error "on a type that has no name" } */
int (*ok[4])(int) STATIC_CALL_DYNAMIC;
int (*STATIC_CALL_DYNAMIC fine)(int);
/* { dg-prune-output "expected here" } */
