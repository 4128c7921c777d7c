/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A tracer sees functions entered, but none with a clobber set: what it calls there keeps no
 * more than arguments. What a thunk calls it sees.
 */
/* { dg-do run } */
/* GCC's call of __fentry__ is AT&T text, always. */
/* { dg-additional-options "-pg -mfentry -masm=att -UTEST_INTEL" } */
#include "../clobbers.h"

/* As the kernel's ftrace_caller: registers that pass nothing have what it left there. */
ASM(".text\n"
    "	.globl __fentry__\n"
    "	.type __fentry__, @function\n"
    "__fentry__:\n"
    "	.cfi_startproc\n"
    "	pushq %rax\n"
    "	.cfi_adjust_cfa_offset 8\n"
    "	movq entered@GOTPCREL(%rip), %rax\n"
    "	incl (%rax)\n"
    "	popq %rax\n"
    "	.cfi_adjust_cfa_offset -8\n"
    "	movq $-1, %r10\n"
    "	movq $-1, %r11\n"
    "	ret\n"
    "	.cfi_endproc\n"
    "	.size __fentry__, .-__fentry__\n");

int entered __attribute__((used, externally_visible));

int leaf(int x) STATIC_CALL_KEY_CLOBBERS("rax");
int NOIPA leaf(int x)
{
	return x + 1;
}

void calls(void) STATIC_CALL_KEY_CLOBBERS();
void NOIPA calls(void)
{
	trash();
}

static NOIPA int loud(int x)
{
	trash();
	return x + 2;
}
STATIC_CALL_KEY_THUNK(quiet, loud, "rax");

static int (*key)(int) STATIC_CALL_KEY_CLOBBERS("rax") STATIC_CALL_KEY = leaf;

int NOIPA by_key(int x)
{
	return key(x);
}

/* How many functions are seen while this is called, itself not? */
#define SEEN(expression) ({ int before = entered; CHECK(expression); entered - before; })

int main(void)
{
	CHECK(entered > 0);
	CHECK(SEEN(loud(1) == 3) == 1);
	CHECK_PRESERVED(leaf, 1 << RAX, 0);
	CHECK_PRESERVED(calls, 0, 0);
	CHECK_PRESERVED(quiet, 1 << RAX, 0);
#ifndef TEST_NO_PLUGIN
	CHECK(SEEN(by_key(1) == 2) == 1);
	CHECK(SEEN(quiet(1) == 3) == 1);
#endif
	return 0;
}
