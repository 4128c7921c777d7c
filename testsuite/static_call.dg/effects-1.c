/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tag or the type says of a key's effects reaches the optimizers: of two
 * equal calls one is left, and a call whose value nobody wants goes. An ordinary
 * key keeps its calls.
 */
/* { dg-do compile } */
/* { dg-options "-O2" } */
#include <static_call.h>

int (*pure)(int) STATIC_CALL_KEY_PURE;
int (*constant)(int) STATIC_CALL_KEY_CONST;
int (*constant_type)(int) __attribute__((const)) STATIC_CALL_KEY;
int (*ordinary)(int) STATIC_CALL_KEY;
int global;

int use_pure(int x)
{
	return pure(x) + pure(x);
}

/* A pure function may read what is stored in between, a const one does not. */
int use_pure_store(int x)
{
	int a = pure(x);

	global = a;
	return a + pure(x);
}

int use_constant(int x)
{
	int a = constant(x);

	global = a;
	return a + constant(x);
}

/* The type says it of each target, and the key may have another one by now. */
int use_constant_type(int x)
{
	int a = constant_type(x);

	global = a;
	return a + constant_type(x);
}

int use_ordinary(int x)
{
	ordinary(x);
	return ordinary(x) + ordinary(x);
}

void unused(int x)
{
	pure(x);
	constant(x);
}

/* { dg-final { scan-assembler-times {(call|jmp)\tstatic_call_key_trampoline\.pure\n} 3 } } */
/* { dg-final { scan-assembler-times {(call|jmp)\tstatic_call_key_trampoline\.constant\n} 1 } } */
/* { dg-final { scan-assembler-times {(call|jmp)\tstatic_call_key_trampoline\.constant_type\n} 2 } } */
/* { dg-final { scan-assembler-times {(call|jmp)\tstatic_call_key_trampoline\.ordinary\n} 3 } } */
