/* SPDX-License-Identifier: GPL-2.0-or-later */
/* verbose: a note for each site, after inlining. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-static_call-verbose" } */
/* { dg-message "note: .static_call.: .*3 sites of 1 keys" "" 0 } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;

static inline __attribute__((always_inline)) int call(int x)
{
	return key(x) + 1; /* { dg-message "note: site of .static_call_key. .key. in .work." "" } */
}

int work(int x)
{
	return call(x) + call(x + 1) * call(x + 2);
}
