/* SPDX-License-Identifier: GPL-2.0-or-later */
/* disable: the attribute is accepted, misuse too, and nothing changes. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-static_call-disable" } */
/* { dg-final { scan-assembler-not "static_call_key" } } */
/* { dg-final { scan-assembler {call\t\*key\(%rip\)} } } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;
int number STATIC_CALL_KEY;

int work(int x)
{
	return key(x) + 1;
}
