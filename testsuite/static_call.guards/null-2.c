/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A call that is made only where its key is not NULL is not guarded with NULL, which it never
 * is there; but with the function that the unit shows.
 */
/* { dg-do assemble } */
/* { dg-final { scan-function work_tested {\tcall} } } */
/* { dg-final { scan-report-times {"key":"tested","result":"guarded"} 0 } } */
/* { dg-final { scan-report-times {"key":"ops\.early","result":"guarded"} 0 } } */
/* { dg-final { scan-report-times {"key":"stored","result":"guarded","target":"shown"} 1 } } */
/* { dg-final { scan-report-times {"key":"another","result":"guarded","target":"NULL"} 1 } } */
#include <static_call.h>

static int shown(int x)
{
	return x + 40;
}

int (*tested)(int) STATIC_CALL_KEY_NOP_IF_NULL;
int (*stored)(int) STATIC_CALL_KEY_NOP_IF_NULL;
int (*another)(int) STATIC_CALL_KEY_NOP_IF_NULL;
struct ops {
	int (*early)(int);
	int (*late)(int);
} ops STATIC_CALL_KEY_NOP_IF_NULL = { .late = shown };

void set(void)
{
	stored = shown;
}

int work_tested(int x)
{
	return tested ? tested(x + 1) * 3 : x;
}

int work_early(int x)
{
	if (ops.early == (void *)0)
		return x;
	return ops.early(x + 1) * 3;
}

int work_stored(int x)
{
	if (stored && x > 3)
		x = stored(x) * 5;
	return x;
}

int work_another(int x)
{
	return tested ? another(x) + 1 : x;
}
