/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A set that leaves the trampoline no register is told of under -flto too. */
/* { dg-do compile } */
/* { dg-require-effective-target lto } */
/* { dg-options "-O2 -flto -mindirect-branch=thunk -fcf-protection=none" } */

void (*key)(void) __attribute__((static_call_clobbers())) __attribute__((static_call_key));

void work(void)
{
	key(); /* { dg-error "this call of .key. goes through code that needs a register" } */
}
