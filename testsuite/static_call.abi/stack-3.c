/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stack is aligned to 16 bytes at the target, however the caller's frame looks. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

/* As at a function's entry, the return address pushed. */
asm(".text\n"
    "stack_entry:\n\t"
    "lea (%rdi), %rax\n\t"
    "mov %rsp, %rcx\n\t"
    "and $15, %ecx\n\t"
    "shl $8, %ecx\n\t"
    "add %rcx, %rax\n\t"
    "ret\n");
asm(".text\n"
    "stack_entry_other:\n\t"
    "lea 1(%rdi), %rax\n\t"
    "mov %rsp, %rcx\n\t"
    "and $15, %ecx\n\t"
    "shl $8, %ecx\n\t"
    "add %rcx, %rax\n\t"
    "ret\n");

#define RESULT (8 << 8)

long stack_entry(long, ...) asm("stack_entry") __attribute__((visibility("hidden")));
long stack_entry_other(long, ...) asm("stack_entry_other") __attribute__((visibility("hidden")));

long (*key)(long, ...) STATIC_CALL_KEY = stack_entry;

NOIPA static long registers(long x)
{
	return key(x) + 1;
}

NOIPA static long one_word(long x)
{
	return key(x, 2, 3, 4, 5, 6, 7) + 1;
}

NOIPA static long two_words(long x)
{
	return key(x, 2, 3, 4, 5, 6, 7, 8) + 1;
}

NOIPA static long in_array(long x)
{
	volatile char array[40];

	array[x] = 3;
	return key(x, 2, 3, 4, 5, 6, 7) + array[x] - 2;
}

NOIPA static long in_vla(long x)
{
	volatile char array[x + 1];

	array[x] = 3;
	return key(x, 2, 3, 4, 5, 6, 7) + array[x] - 2;
}

NOIPA static long realigned(long x)
{
	volatile char array[64] __attribute__((aligned(64)));

	array[x] = 3;
	return key(x, 2, 3, 4, 5, 6, 7) + array[x] - 2;
}

NOIPA static long saving(long a, long b, long c, long d, long e, long f)
{
	long result = key(a) + 1;

	return result + 0 * (a * b * c * d * e * f);
}

NOIPA static long tail(long x)
{
	return key(x + 1);
}

static void check(long offset)
{
	long expected = RESULT + offset + 5 + 1;

	CHECK(registers(5) == expected);
	CHECK(one_word(5) == expected);
	CHECK(two_words(5) == expected);
	CHECK(in_array(5) == expected);
	CHECK(in_vla(5) == expected);
	CHECK(realigned(5) == expected);
	CHECK(saving(5, 2, 3, 4, 5, 6) == expected);
	CHECK(tail(5) == expected);
}

int main(void)
{
	CHECK_SITES(&key, stack_entry, 8);
	check(0);
	CHECK(static_call_key_update(&key, stack_entry_other) == 0);
	CHECK_SITES(&key, stack_entry_other, 8);
	check(1);
	return 0;
}
