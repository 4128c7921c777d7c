/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -m32 without keys: nothing to complain of. */
/* { dg-do compile } */
/* { dg-require-effective-target ia32 } */
/* { dg-options "-m32 -O2" } */
/* { dg-final { scan-assembler-not "static_call" } } */
int (*plain)(int);

int work(int x)
{
	return plain(x) + 1;
}
