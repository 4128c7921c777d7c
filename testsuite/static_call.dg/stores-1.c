/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stores=warn: a warning at each store that may change a key, and no resync. */
/* { dg-do compile } */
/* { dg-options "-O0 -fplugin-arg-static_call-stores=warn" } */
/* { dg-final { scan-assembler-not "static_call_key_stored" } } */
/* { dg-final { scan-report-times {"event":"store",.*"result":"warn"} 4 } } */
#include <static_call.h>

struct ops {
	long number;
	int (*call)(int);
} ops STATIC_CALL_KEY;
int (*key)(int) STATIC_CALL_KEY;

void work(int (*f)(int), int (**p)(int), const struct ops *o)
{
	key = f; /* { dg-warning "store that may change the .static_call_key. .key." } */
	ops.call = f; /* { dg-warning "store that may change the .static_call_key. .ops.call." } */
	ops.number = 3;
	*p = f; /* { dg-warning "store that may change the .static_call_key." } */
	ops = *o; /* { dg-warning "store that may change the .static_call_key." } */
}
