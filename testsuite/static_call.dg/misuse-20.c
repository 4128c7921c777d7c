/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nop_if_null on a struct: every member must be able to return zero. */
/* { dg-do compile } */
#include <static_call.h>

struct ops {
	void (*stop)(void);
	float (*measure)(void);
};

struct ops ops STATIC_CALL_KEY_NOP_IF_NULL; /* { dg-error "a function that returns .float. has no zero" } */
