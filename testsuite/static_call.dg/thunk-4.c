/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -mfunction-return=thunk: nothing of ours holds a bare ret. */
/* { dg-do compile } */
/* { dg-options "-O2 -mfunction-return=thunk -mindirect-branch=thunk -fcf-protection=none" } */
/* { dg-final { scan-assembler-not {\trep; ret|xorl\t%edx, %edx\n\tret$|^1:\tret$} } } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;
void (*hook)(void) STATIC_CALL_KEY_NOP_IF_NULL;

int work(int x)
{
	hook();
	return key(x) + 1;
}
