/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What each unit defines has one binding in all: not weak where the API is called, which declares
 * it weak, and strong elsewhere. lld takes a strong one of a unit that it leaves out for the
 * weak one that it has kept.
 */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-static_call-dynamic=all" } */
/* { dg-final { scan-assembler {\.weak\tstatic_call_key_ready} } } */
/* { dg-final { scan-assembler {\.weak\tstatic_call_key_stored} } } */
/* { dg-final { scan-assembler-not {\.globl\tstatic_call} } } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;
int (*other)(int);

int work(int x)
{
	return key(x) + other(x);
}

void set(int (*fn)(int))
{
	key = fn;
}
