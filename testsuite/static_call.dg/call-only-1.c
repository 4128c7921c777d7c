/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A key whose declaration here is const is one to call through: calls are direct, stores and updates are
 * errors. In the unit that owns it is none.
 */
/* { dg-do compile } */
/* { dg-options "-O2" } */
#include <static_call.h>

extern int (*const policy)(int) STATIC_CALL_KEY;
int other(int);

int work(int x)
{
	return policy ? policy(x) + 1 : x;
}

void store(void)
{
	policy = other; /* { dg-error "read-only" } */
}

int update(void)
{
	return static_call_key_update(&policy, other); /* { dg-message "in expansion of macro" } */
} /* { dg-error "read-only" "update" { target *-*-* } 0 } */
