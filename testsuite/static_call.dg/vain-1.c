/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A tag that can never do anything is warned of: each call has to load such a pointer. */
/* { dg-do compile } */
#include <static_call.h>

typedef int (*function)(int);
typedef volatile function volatile_function;

volatile function changing STATIC_CALL_KEY; /* { dg-warning "does nothing for .changing., which is volatile" } */
volatile_function table[3] STATIC_CALL_KEY; /* { dg-warning "does nothing for .table., which is volatile" } */
_Atomic function shared STATIC_CALL_KEY; /* { dg-warning "does nothing for .shared., which is atomic" } */
int (*__seg_gs percpu)(int) STATIC_CALL_KEY; /* { dg-warning "does nothing for .percpu., which is in a named address space" } */

struct ops {
	function good STATIC_CALL_KEY;
	volatile function bad STATIC_CALL_KEY; /* { dg-warning "does nothing for .bad., which is volatile" } */
	_Atomic function worse STATIC_CALL_KEY; /* { dg-warning "does nothing for .worse., which is atomic" } */
};

struct plain {
	function call;
};
volatile struct plain mapped STATIC_CALL_KEY; /* { dg-warning "does nothing for .mapped., which is volatile" } */

/* Functions that do not return are volatile to GCC; the pointer is not. */
typedef void stops(int);
extern stops *stop __attribute__((noreturn)) STATIC_CALL_KEY;
extern int (*const fixed)(int) STATIC_CALL_KEY;
