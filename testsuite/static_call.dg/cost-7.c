/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * In code that is seldom run, and at -Os, a store is tested only in the function that is
 * called, and memset is called there too. In other code a memset that may reach a key is done by that
 * function, in the cold part: neither address nor size are kept for it.
 */
/* { dg-do compile } */
/* { dg-options "-O2" } */
/* Twice in the function, and once in line in each of two. */
/* { dg-final { scan-assembler-times {static_call_key_range_span\(%rip\)} 4 } } */
/* { dg-final { scan-assembler-times {(call|jmp)\tstatic_call_key_stored\n} 4 } } */
/* { dg-final { scan-assembler-times {(call|jmp)\tstatic_call_key_stored_memset\n} 2 } } */
/* { dg-final { scan-assembler-times {call\tmemset} 1 } } */
/* { dg-final { scan-assembler-times {jmp\tmemset} 1 } } */
#include <string.h>
#include <static_call.h>

typedef int (*fn)(int);

fn key STATIC_CALL_KEY;

void set(fn *p, fn f)
{
	*p = f;
}

__attribute__((cold)) void set_once(fn *p, fn f)
{
	*p = f;
}

int set_in_error(fn *p, fn f, int error)
{
	if (__builtin_expect_with_probability(error, 0, 1))
		*p = f;
	return error + 1;
}

__attribute__((optimize("Os"))) void clear_small(void *p, size_t n)
{
	memset(p, 0, n);
}

void clear(void *p, size_t n)
{
	memset(p, 0, n);
}
