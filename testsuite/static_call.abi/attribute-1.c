/* SPDX-License-Identifier: GPL-2.0-or-later */
/* no_caller_saved_registers: targets that preserve every register, and callers that have to. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

#define GENERAL	__attribute__((target("general-regs-only")))
#define SAVES	__attribute__((no_caller_saved_registers))

GENERAL SAVES NOIPA static int twice(int x)
{
	asm volatile("" : : : "rcx", "rdx", "rsi", "r8", "r9", "r10");
	return x * 2;
}

GENERAL SAVES NOIPA static int thrice(int x)
{
	asm volatile("" : : : "rcx", "rdx", "rsi", "r8", "r9", "r10");
	return x * 3;
}

typedef int SAVES fn(int);
fn *key STATIC_CALL_KEY = twice;

NOIPA static int work(int x)
{
	return key(x) + 1000 * key(x + 1);
}

/* A caller that has the attribute itself saves what an ordinary target may clobber. */
GENERAL NOIPA static int ordinary(int x)
{
	asm volatile("xor %%ecx, %%ecx\n\txor %%edx, %%edx\n\txor %%r8d, %%r8d"
		     : : : "rcx", "rdx", "r8");
	return x + 5;
}

int (*ordinary_key)(int) STATIC_CALL_KEY = ordinary;

GENERAL SAVES NOIPA static int careful(int x)
{
	return ordinary_key(x) + 1;
}

NOIPA static int caller(int x)
{
	register long a asm("rcx") = 11, b asm("rdx") = 22, c asm("r8") = 33;
	int (*f)(int) = (int (*)(int))careful;

	asm volatile("call *%[f]"
		     : "+D" (x), "+r" (a), "+r" (b), "+r" (c)
		     : [f] "b" (f)
		     : "rax", "cc", "memory");
	return a == 11 && b == 22 && c == 33;
}

int main(void)
{
	CHECK_SITES(&key, twice, 2);
	CHECK(work(1) == 4002);
	CHECK(static_call_key_update(&key, thrice) == 0);
	CHECK_SITES(&key, thrice, 2);
	CHECK(work(1) == 6003);
	CHECK_KEY(&ordinary_key, ordinary);
	CHECK(careful(3) == 9);
	CHECK(caller(3));
	return 0;
}
