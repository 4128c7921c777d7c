/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each store that may change a key is followed by a resync; other stores are not. */
/* { dg-do compile } */
/* { dg-final { scan-assembler-times {(call|jmp)\tstatic_call_key_stored(_mem[a-z]+)?\n(?!(\t.cfi_endproc\n)?\t.size\tstatic_call_key_stored)} 6 } } */
/* { dg-final { scan-report-times {"event":"store",.*"result":"sync"} 6 } } */
#include <static_call.h>

struct ops {
	long number;
	int (*call)(int);
};

int (*key)(int) STATIC_CALL_KEY;
struct ops ops STATIC_CALL_KEY;
int (*plain)(int);
struct ops untagged_copy;
long number;

void scalar(int (*f)(int))
{
	key = f;
}

void member(int (*f)(int))
{
	ops.call = f;
}

void through(int (**p)(int), int (*f)(int))
{
	*p = f;
}

void member_through(struct ops *p, int (*f)(int))
{
	p->call = f;
}

void copy(const struct ops *p)
{
	ops = *p;
}

void zero(void)
{
	__builtin_memset(&ops, 0, sizeof(ops));
}

void none(long *p, char *q, struct ops *r)
{
	struct ops local;

	plain = 0;
	number = 3;
	*p = 4;
	*q = 5;
	ops.number = 6;
	r->number = 7;
	local.number = 8;
	local.call = 0;
	number += local.number;
}
