/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A keyed call reads what its arguments point to, so the store before it stays. A
 * pure one writes nothing, so what was loaded before it is not loaded again.
 */
/* { dg-do compile } */
/* { dg-options "-O2" } */
#include <static_call.h>

int (*key)(const int *) STATIC_CALL_KEY;
int (*pure)(int) STATIC_CALL_KEY_PURE;
int global;

int stores(void)
{
	int argument = 0x1234;

	return key(&argument) + 1;
}

int loads(int x)
{
	int before = global;
	int value = pure(x);

	return before * value + global;
}

/* { dg-final { scan-assembler-times {movl\t\$4660, } 1 } } */
/* { dg-final { scan-assembler-times {global\(%rip\)} 1 } } */
