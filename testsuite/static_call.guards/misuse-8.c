/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NULL can be named where a call of it does nothing; elsewhere it is in vain, and the report says so. */
/* { dg-do assemble } */
/* { dg-final { scan-report-times {"key":"plain","result":"plain","reason":"type"} 1 } } */
/* { dg-final { scan-report-times {"key":"nullable","result":"guarded","target":"NULL"} 1 } } */
#include <static_call.h>

int (*plain)(int) STATIC_CALL_KEY_INLINE(0);
int (*nullable)(int) STATIC_CALL_KEY_INLINE((void *)0) STATIC_CALL_KEY_NOP_IF_NULL;

int work(int x)
{
	return plain(x) + nullable(x);
}
