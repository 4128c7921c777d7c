/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every register that can carry an argument arrives as it was, also the static chain and AL. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

/* Of each an own copy, so that every call has the same values in all of them. */
struct registers {
	uint64_t general[7];
	double sse[8];
	uint64_t vectors;
};

struct registers seen __attribute__((visibility("hidden")));

#define SAVE(name, result)						\
	asm(".text\n" #name ":\n\t"					\
	    "mov %rdi, seen(%rip)\n\tmov %rsi, seen+8(%rip)\n\t"	\
	    "mov %rdx, seen+16(%rip)\n\tmov %rcx, seen+24(%rip)\n\t"	\
	    "mov %r8, seen+32(%rip)\n\tmov %r9, seen+40(%rip)\n\t"	\
	    "mov %r10, seen+48(%rip)\n\t"				\
	    "movsd %xmm0, seen+56(%rip)\n\tmovsd %xmm1, seen+64(%rip)\n\t" \
	    "movsd %xmm2, seen+72(%rip)\n\tmovsd %xmm3, seen+80(%rip)\n\t" \
	    "movsd %xmm4, seen+88(%rip)\n\tmovsd %xmm5, seen+96(%rip)\n\t" \
	    "movsd %xmm6, seen+104(%rip)\n\tmovsd %xmm7, seen+112(%rip)\n\t" \
	    "movzbl %al, %eax\n\tmov %rax, seen+120(%rip)\n\t"		\
	    "mov $" #result ", %eax\n\tret\n");				\
	int name(long, ...) asm(#name) __attribute__((visibility("hidden")))

SAVE(save, 1);
SAVE(save_other, 2);

int (*key)(long, ...) STATIC_CALL_KEY = save;

NOIPA static int general(void)
{
	return __builtin_call_with_static_chain(key(11, 12l, 13l, 14l, 15l, 16l), (void *)17) + 0;
}

NOIPA static int mixed(double x)
{
	return __builtin_call_with_static_chain(key(21, x, 22l, x + 1, 23l, x + 2, 24l, x + 3,
						    25l, x + 4, 26l, x + 5, x + 6, x + 7),
						(void *)27) + 0;
}

NOIPA static int three(double x)
{
	return __builtin_call_with_static_chain(key(31, x, 32l, x + 1, 33l, x + 2, 34l, 35l, 36l),
						(void *)37);
}

static void check_general(uint64_t first, int n)
{
	int i;

	for (i = 0; i < n; i++)
		CHECK(seen.general[i] == first + i);
}

static void check(int result)
{
	int i;

	memset(&seen, 0xee, sizeof(seen));
	CHECK(general() == result);
	check_general(11, 7);
	CHECK(seen.vectors == 0);

	memset(&seen, 0xee, sizeof(seen));
	CHECK(mixed(1.5) == result);
	check_general(21, 7);
	for (i = 0; i < 8; i++)
		CHECK(seen.sse[i] == 1.5 + i);
	CHECK(seen.vectors == 8);

	memset(&seen, 0xee, sizeof(seen));
	CHECK(three(2.5) == result);
	check_general(31, 7);
	for (i = 0; i < 3; i++)
		CHECK(seen.sse[i] == 2.5 + i);
	CHECK(seen.vectors == 3);
}

int main(void)
{
	CHECK_SITES(&key, save, 3);
	check(1);
	CHECK(static_call_key_update(&key, save_other) == 0);
	CHECK_SITES(&key, save_other, 3);
	check(2);
	return 0;
}
