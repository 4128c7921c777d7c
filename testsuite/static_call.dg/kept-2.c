/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A trampoline that could take none is an error, and dynamic calls want both. */
/* { dg-do compile } */
/* { dg-options "-O2 -fPIC -fcall-saved-r10 -ffixed-r11 -fplugin-arg-static_call-dynamic=all" } */
/* { dg-final { scan-assembler-not "static_call_key_dynamics" } } */
#include <static_call.h>

extern int (*key)(int, ...) STATIC_CALL_KEY;

int work(int x, int (*fn)(int));
int work(int x, int (*fn)(int))
{
	x = fn(x);
	return key(x, x) + 1; /* { dg-error "needs a register, and .r11., which it would take, is kept by an option" } */
}
