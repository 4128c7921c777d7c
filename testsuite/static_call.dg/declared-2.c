/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A unit that sees tags and does nothing with their variables is as it is without them. */
/* { dg-do compile } */
/* { dg-final { scan-assembler-not "static_call" } } */
#include <static_call.h>

struct ops {
	int (*call)(int) STATIC_CALL_KEY;
};

extern int (*key)(int) STATIC_CALL_KEY;
extern struct ops ops;

int work(struct ops *ops, int x)
{
	return ops->call(x) + 1;
}
