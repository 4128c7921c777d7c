/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A guard reads %eax, for nothing: what goes around a loop is kept elsewhere, and in an outer
 * loop, or none, wherever GCC wants it.
 */
/* { dg-do assemble } */
/* { dg-options "-O2" } */
/* { dg-final { scan-function-not work {\t(add|xor|lea) .*%rax} } } */
/* { dg-final { scan-function work {\tmov +%r[a-z0-9]+,%rax} } } */
/* { dg-final { scan-function once {\t(add|lea) .*%rax} } } */
#include <static_call.h>

static unsigned long add(unsigned long x)
{
	return x + 1;
}

unsigned long (*key)(unsigned long) STATIC_CALL_KEY = add;

unsigned long work(unsigned long n);
unsigned long work(unsigned long n)
{
	unsigned long i, s = 0;

	for (i = 0; i < n; i++)
		s = key(s) ^ i;
	return s;
}

unsigned long once(unsigned long s);
unsigned long once(unsigned long s)
{
	return key(s);
}
