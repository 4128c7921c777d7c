/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A function that is called by the value of a statement expression, as by the kernel's static_call(),
 * of a variable or of a conversion is no indirect call, and the report does not say that it is one.
 * What is not known is told of.
 */
/* { dg-do compile } */
/* { dg-options "-O2" } */
#include <static_call.h>

int trampoline(int);
int other(long);

#define static_call(name)                                                       \
	({                                                                      \
		static void *used __attribute__((used)) = (void *)&(name);      \
		(&(name));                                                      \
	})

int statement(int x) { return static_call(trampoline)(x) + 1; }

int variable(int x)
{
	int (*p)(int) = trampoline;
	int (*q)(int) = p;

	return q(x) + 1;
}

int converted(int x)
{
	unsigned long address = (unsigned long)other;

	return ((int (*)(int))address)(x) + 1;
}

int either(int x, int y)
{
	int (*p)(int) = y ? trampoline : statement;

	return p(x) + 1;
}

int truncated(int x)
{
	unsigned int address = (unsigned int)(unsigned long)other;

	return ((int (*)(int))(unsigned long)address)(x) + 1;
}

/* { dg-final { scan-report-times {"event":"call",.*"function":"(statement|variable|converted)"} 0 } } */
/* { dg-final { scan-report-times {"event":"call",.*"function":"either","result":"indirect"} 1 } } */
/* { dg-final { scan-report-times {"event":"call",.*"function":"truncated","result":"indirect"} 1 } } */
/* { dg-final { scan-report-times {"event":"unit",.*"direct":0,"indirect":2,} 1 } } */
