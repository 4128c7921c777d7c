/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -mforce-indirect-call allows no direct calls: the call is left alone, and reported. */
/* { dg-do compile } */
/* { dg-options "-O2 -mforce-indirect-call" } */
/* { dg-final { scan-assembler-not "(pushsection static_call_key_sites|static_call_key_trampoline)" } } */
/* { dg-final { scan-report-times {"key":"key","result":"indirect","reason":"code-model"} 1 } } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;

int work(int x)
{
	return key(x) + 1;
}
