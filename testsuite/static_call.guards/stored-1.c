/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The only function that the unit stores: to a variable, to a member, in an update. */
/* { dg-do assemble } */
/* { dg-final { scan-function-not work_variable {\tcall} } } */
/* { dg-final { scan-function-not work_member {\tcall} } } */
/* { dg-final { scan-function-not work_updated {\tcall} } } */
/* { dg-final { scan-function-not work_copied {\tcall} } } */
/* { dg-final { scan-function work_variable {(lea|add) .*0x28} } } */
/* { dg-final { scan-function work_member {(lea|add) .*0x29} } } */
/* { dg-final { scan-function work_updated {(lea|add) .*0x2a} } } */
#include <static_call.h>

struct ops {
	long id;
	int (*op)(int) STATIC_CALL_KEY;
};

static int first(int x)
{
	return x + 40;
}

static int second(int x)
{
	return x + 41;
}

static int third(int x)
{
	return x + 42;
}

extern int (*variable)(int) STATIC_CALL_KEY;
extern int (*updated)(int) STATIC_CALL_KEY;
extern struct ops ops;

void set(struct ops *p)
{
	variable = first;
	p->op = second;
	static_call_key_update(&updated, third);
}

int work_variable(int x)
{
	return variable(x) + 3;
}

int work_member(int x)
{
	return ops.op(x) + 3;
}

int work_updated(int x)
{
	return updated(x) + 3;
}

int work_copied(int x)
{
	int (*copy)(int) = variable;

	return copy(x);
}
