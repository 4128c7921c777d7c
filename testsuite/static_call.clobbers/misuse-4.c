/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Thunks that cannot be. */
/* { dg-do compile } */
/* { dg-options "-std=gnu17" } */
#include <static_call.h>

int plain(int);
int variadic(int, ...);
int old();
int number;

#define THUNK(fn) __attribute__((static_call_thunk(fn)))
#define SET STATIC_CALL_KEY_CLOBBERS("rax")

int no_set(int) THUNK(plain); /* { dg-error "needs .static_call_clobbers. as well" } */
int other_type(long) SET THUNK(plain); /* { dg-error "is not of the type of its function" } */
int dots(int, ...) SET THUNK(variadic); /* { dg-error "must have a prototype, and no" } */
int unprototyped() SET THUNK(old); /* { dg-error "must have a prototype" } */
int of_number(int) SET THUNK(number); /* { dg-error "must be one function that is declared" } */
int of_string(int) SET THUNK("plain"); /* { dg-error "must be one function that is declared" } */
int variable THUNK(plain); /* { dg-error "is for declarations of functions" } */
