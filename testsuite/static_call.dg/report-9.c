/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A variable that is declared again: the front end frees the later declaration, and a
 * report must not look at it. The parameters let the collector run often.
 */
/* { dg-do compile } */
/* { dg-options "-O2 --param ggc-min-expand=0 --param ggc-min-heapsize=0" } */
/* { dg-final { scan-report-times {"event":"tag".*"place":"key"} 1 } } */
/* { dg-final { scan-report-times {"event":"call".*"key":"key".*"tag":"[^"]*:1[5-8]:[0-9]*".$} 1 } } */
/* { dg-final { scan-report-times {"event":"call".*"key":"table.2..b".*"tag":"[^"]*:19:28".$} 1 } } */
#include <static_call.h>

typedef int (*fn)(int);

extern fn key STATIC_CALL_KEY;
extern fn key STATIC_CALL_KEY;
fn key STATIC_CALL_KEY;
extern fn key STATIC_CALL_KEY;
extern struct { fn a, b; } table[] STATIC_CALL_KEY;

int work(int x)
{
	return key(x) + table[2].b(x);
}
