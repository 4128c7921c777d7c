/* SPDX-License-Identifier: GPL-2.0-or-later */
/* strict: calls stay indirect whose arguments may change the key; others do not. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-static_call-strict" } */
/* { dg-final { scan-report-times {"function":"changing",.*"result":"indirect","reason":"strict"} 1 } } */
/* { dg-final { scan-report-times {"function":"harmless",.*"result":"direct"} 1 } } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;
int g(int x);

int changing(int x)
{
	return key(g(x)) + 1;
}

int harmless(int x)
{
	return key(x * 3) + 1;
}
