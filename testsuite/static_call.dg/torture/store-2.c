/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Locals are never keys: a store to one costs nothing. */
/* { dg-do compile } */
/* { dg-final { scan-assembler-not {static_call_key_stored} } } */
/* { dg-final { scan-report-not {"event":"store"} } } */
#include <static_call.h>

struct ops {
	long number;
	int (*call)(int) STATIC_CALL_KEY;
};

extern struct ops ops;
int use(int x);

int work(int (*f)(int), int x)
{
	int (*local)(int) = f;
	struct ops o = { 1, f };

	o.call = local;
	return o.call(x) + ops.call(x) + 1;
}
