/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * malloc, leaf and cold GCC keeps on functions only: on a pointer it drops them with a warning.
 * A key is then as the untagged pointer: its result may point to what *old is.
 */
/* { dg-do compile } */
/* { dg-additional-options "-fcf-protection=none" } */
#include <static_call.h>

long *(*key)(long) __attribute__((malloc)) STATIC_CALL_KEY; /* { dg-warning "attribute ignored" } */
long *(*plain)(long) __attribute__((malloc)); /* { dg-warning "attribute ignored" } */
__attribute__((malloc)) long *direct(long);
void (*leaf_key)(void) __attribute__((leaf)) STATIC_CALL_KEY; /* { dg-warning "ignored" } */
void (*cold_key)(void) __attribute__((cold)) STATIC_CALL_KEY; /* { dg-warning "ignored" } */

#define USES(kind)                                                                            \
	long alias_##kind(long *old)                                                          \
	{                                                                                     \
		long *new;                                                                    \
                                                                                              \
		*old = 1;                                                                     \
		new = kind(sizeof(long));                                                     \
		*new = 2;                                                                     \
		return *old;                                                                  \
	}

USES(key)
USES(plain)
USES(direct)

static long state;

void set_state(long x)
{
	state = x;
}

/* The target may be in this unit, and call set_state(). */
long leaf(void)
{
	state = 1;
	leaf_key();
	return state;
}

/* { dg-final { scan-body-times alias_key {^movq\s+\$2, } 1 } } */
/* { dg-final { scan-body-times alias_plain {^movq\s+\$2, } 1 } } */
/* { dg-final { scan-body-not alias_direct {^movq\s+\$2, } } } */
/* { dg-final { no-longer-than alias_key alias_plain } } */
/* { dg-final { scan-body leaf {^movq\s+state\(%rip\), } } } */
