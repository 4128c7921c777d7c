/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Before it is patched, a site needs a register where it cannot jump through memory. */
/* { dg-do compile } */
/* { dg-options "-O2 -mindirect-branch=thunk -fcf-protection=none" } */
#include <static_call.h>

void (*none)(int) STATIC_CALL_KEY_CLOBBERS("rcx") STATIC_CALL_KEY;
void (*some)(int) STATIC_CALL_KEY_CLOBBERS("rax") STATIC_CALL_KEY;
void (*variadic)(int, ...) STATIC_CALL_KEY_CLOBBERS("rax") STATIC_CALL_KEY;

void work(void)
{
	none(1); /* { dg-error "this call of .none. goes through code that needs a register: list .\"r11\"." } */
	some(1);
	variadic(1, 2.0); /* { dg-error "this call of .variadic." } */
}
