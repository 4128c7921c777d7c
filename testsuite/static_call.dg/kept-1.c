/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A trampoline takes another register if calls keep %r11. */
/* { dg-do compile } */
/* { dg-options "-O2 -fPIC -fcall-saved-r11" } */
/* { dg-final { scan-assembler "jmp\t\\*%rax" } } */
/* { dg-final { scan-assembler-not "%r11" } } */
#include <static_call.h>

extern int (*key)(int) STATIC_CALL_KEY;

int work(int x);
int work(int x)
{
	return key(x) + 1;
}
