/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys that are NULL, and for which a call then does nothing: as if it were not there. What
 * its arguments need is done in the cold part.
 */
/* { dg-do assemble } */
/* { dg-final { scan-function-not work_void {\tcall} } } */
/* { dg-final { scan-function-not work_void {imul} } } */
/* { dg-final { scan-function-not work_value {\tcall} } } */
/* { dg-final { scan-function work_value {mov +\$0x5,%eax} } } */
/* { dg-final { scan-report-times {"result":"guarded","target":"NULL"} 2 } } */
#include <static_call.h>

void (*hook)(int) STATIC_CALL_KEY_NOP_IF_NULL;
int (*value)(int) STATIC_CALL_KEY_NOP_IF_NULL;

void work_void(int *p)
{
	hook(p[0] * p[1]);
}

int work_value(int *p)
{
	return value(p[0] * p[1]) + 5;
}
