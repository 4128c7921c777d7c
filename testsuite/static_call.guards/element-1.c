/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Elements of arrays and members of nested structs, each with its own function. */
/* { dg-do assemble } */
/* { dg-final { scan-function-not work_element {\tcall} } } */
/* { dg-final { scan-function-not work_nested {\tcall} } } */
/* { dg-final { scan-function work_element {lea +0x32\(%rdi} } } */
/* { dg-final { scan-function work_nested {lea +0x3c\(%rdi} } } */
/* { dg-final { scan-function work_empty {\tcall} } } */
#include <static_call.h>

struct ops {
	long id;
	struct {
		int (*get)(int) STATIC_CALL_KEY;
		int (*put)(int) STATIC_CALL_KEY;
	} io[2];
};

static int zero(int x)
{
	return x + 40;
}

static int one(int x)
{
	return x + 50;
}

static int put(int x)
{
	return x + 60;
}

int (*table[3])(int) STATIC_CALL_KEY = { zero, one };
struct ops ops = { .io[1].put = put, .io[1].get = zero };

int work_element(int x)
{
	return table[1](x);
}

int work_empty(int x)
{
	return table[2](x) + 1;
}

int work_nested(int x)
{
	return ops.io[1].put(x);
}
