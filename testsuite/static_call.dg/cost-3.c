/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What only might reach a key is tested in line, and memset of such memory stays a tail
 * call. At -Os the test is in the function that is called.
 */
/* { dg-do compile } */
/* { dg-options "-O2" } */
/* Twice, and twice in the function that both call. */
/* { dg-final { scan-assembler-times {static_call_key_range_span\(%rip\)} 4 } } */
/* { dg-final { scan-assembler {jmp\tmemset} } } */
/* { dg-final { scan-assembler-times {(call|jmp)\tstatic_call_key_stored(_memset)?\n} 3 } } */
#include <string.h>
#include <static_call.h>

typedef int (*fn)(int);

fn key STATIC_CALL_KEY;

void clear(void *p, size_t n)
{
	memset(p, 0, n);
}

void set(fn *p, fn f)
{
	*p = f;
}
