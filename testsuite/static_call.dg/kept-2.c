/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A trampoline that could take no register is an error. */
/* { dg-do compile } */
/* { dg-options "-O2 -fPIC -fcall-saved-r10 -ffixed-r11" } */
#include <static_call.h>

extern int (*key)(int, ...) STATIC_CALL_KEY;

int work(int x);
int work(int x)
{
	return key(x, x) + 1; /* { dg-error "needs a register, and .r11., which it would take, is kept by an option" } */
}
