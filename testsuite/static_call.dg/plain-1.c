/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A unit without keys is not touched at all. */
/* { dg-do compile } */
/* { dg-final { scan-assembler-not "static_call" } } */
/* { dg-final { scan-assembler {call\t\*plain\(%rip\)} } } */
#include <static_call.h>

int (*plain)(int);

int work(int x)
{
	return plain(x) + 1;
}
