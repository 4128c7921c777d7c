/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Callers with a frame of their own: force_align_arg_pointer, zeroed registers, no stack limit. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

NOIPA static long aligned(long x)
{
	char local[32] __attribute__((aligned(16)));
	char *p = local;

	asm("" : "+r" (p) : : "memory");
	return ((uintptr_t)p & 15) * 1000 + x;
}

NOIPA static long aligned_other(long x)
{
	return aligned(x) + 1;
}

long (*key)(long) STATIC_CALL_KEY = aligned;

__attribute__((force_align_arg_pointer)) NOIPA long realigning(long x)
{
	return key(x) + key(x + 1) * 100;
}

__attribute__((zero_call_used_regs("all-gpr"))) NOIPA static long zeroing(long x)
{
	return key(x) + key(x + 1) * 100;
}

/* As from code that keeps the stack aligned to 8 bytes only. */
NOIPA static long misaligned(long x)
{
	long result;

	asm volatile("mov %%rsp, %%rbx\n\t"
		     "sub $136, %%rsp\n\t"
		     "and $-16, %%rsp\n\t"
		     "sub $8, %%rsp\n\t"
		     "call *%[f]\n\t"
		     "mov %%rbx, %%rsp"
		     : "=a" (result), "+D" (x)
		     : [f] "r" (realigning)
		     : "rbx", "rcx", "rdx", "rsi", "r8", "r9", "r10", "r11", "cc", "memory");
	return result;
}

static void check(long offset)
{
	CHECK(realigning(1) == 201 + 101 * offset);
	CHECK(misaligned(1) == 201 + 101 * offset);
	CHECK(zeroing(1) == 201 + 101 * offset);
}

int main(void)
{
	CHECK_SITES(&key, aligned, 4);
	check(0);
	CHECK(static_call_key_update(&key, aligned_other) == 0);
	CHECK_SITES(&key, aligned_other, 4);
	check(1);
	return 0;
}
