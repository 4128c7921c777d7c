/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A tail call's object code: e9 with a relocation, never a short jump. */
/* { dg-do assemble } */
/* { dg-final { scan-object-times {\tjmpq? .*R_X86_64_(PLT32|PC32)\tstatic_call_key_trampoline\.key} 1 } } */
/* { dg-final { check-static-call } } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;

int work(int x)
{
	return key(x);
}
