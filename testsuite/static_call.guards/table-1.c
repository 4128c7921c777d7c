/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A table that starts empty is filled in by somebody, so nothing is known of what its members hold,
 * but for what the unit stores. In one that has functions, those that it has not are NULL.
 */
/* { dg-do assemble } */
/* { dg-final { scan-function work_filled {\tcall} } } */
/* { dg-final { scan-report-times {"key":"filled\.first","result":"plain","reason":"unknown"} 1 } } */
/* { dg-final { scan-report-times {"key":"filled\.second","result":"guarded","target":"shown"} 1 } } */
/* { dg-final { scan-report-times {"key":"zeroed\.first","result":"plain","reason":"unknown"} 1 } } */
/* { dg-final { scan-report-times {"key":"partly\.first","result":"guarded","target":"NULL"} 1 } } */
#include <static_call.h>

struct ops {
	const char *name;
	int (*first)(int);
	int (*second)(int);
};

struct ops filled STATIC_CALL_KEY_NOP_IF_NULL;
struct ops zeroed STATIC_CALL_KEY_NOP_IF_NULL = { 0 };

static int shown(int x)
{
	return x + 40;
}

struct ops partly STATIC_CALL_KEY_NOP_IF_NULL = { .second = shown };

void fill(void)
{
	filled.second = shown;
}

int work_filled(int x)
{
	return filled.first(x) + 1;
}

int work_second(int x)
{
	return filled.second(x) + 1;
}

int work_zeroed(int x)
{
	return zeroed.first(x) + 1;
}

int work_partly(int x)
{
	return partly.first(x) + 1;
}
