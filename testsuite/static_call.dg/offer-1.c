/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C: an offer of a function, or a predicate, of another type is diagnosed as in an assignment. */
/* { dg-do compile } */
/* { dg-options "-O2 -Werror=incompatible-pointer-types" } */
/* { dg-error "assignment of read-only" "" { target *-*-* } 0 } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;
int (*const constant)(int) STATIC_CALL_KEY;
int right(int);
int wrong(double);
int yes(void);
int yes_if(int);
void maybe(void);

STATIC_CALL_KEY_OFFER(key, right, yes, 1);
STATIC_CALL_KEY_OFFER(key, right, 0, 1);
STATIC_CALL_KEY_OFFER(key, wrong, yes, 1); /* { dg-error "incompatible pointer type .int .\\*..double." } */
STATIC_CALL_KEY_OFFER(key, right, yes_if, 1); /* { dg-error "incompatible pointer type .int .\\*..int." } */
STATIC_CALL_KEY_OFFER(key, right, maybe, 1); /* { dg-error "incompatible pointer type .void .\\*..void." } */
STATIC_CALL_KEY_OFFER(constant, right, yes, 1);
