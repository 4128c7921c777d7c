/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A function that calls a key is no leaf: its locals lie out of the call's way. One that calls in
 * assembly is a leaf to the compiler, with locals in the red zone, below the stack pointer,
 * where the call puts its return address. That this goes wrong is checked where GCC
 * optimizes; if it does not any more, the comparison is out of date.
 */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "check.h"

static NOIPA long add(long x)
{
	return x + 1;
}

static NOIPA long subtract(long x)
{
	return x - 1;
}

long (*key)(long) STATIC_CALL_KEY = add;
long (*plain)(long) = add;

/* Without the stack pointer as an operand: it would give the function a frame. */
#define ASM_CALL_LEAF(pointer, argument)                                                      \
	__extension__({                                                                       \
		long result_, argument_ = (argument);                                         \
		__asm__ volatile("call *%[key]"                                               \
				 : "=a"(result_), "+D"(argument_)                             \
				 : [key] "m"(pointer)                                         \
				 : "rcx", "rdx", "rsi", "r8", "r9", "r10", "r11", "cc",       \
				   "memory");                                                 \
		result_;                                                                      \
	})

#define USES(kind, call)                                                                      \
	static NOIPA long locals_##kind(long x)                                               \
	{                                                                                     \
		volatile long a = 1, b = 2, c = 3, d = 4;                                     \
		long result = call(x);                                                        \
                                                                                              \
		return a == 1 && b == 2 && c == 3 && d == 4 ? result : -1;                    \
	}

#define assembly(x) ASM_CALL_LEAF(plain, x)

#ifdef __OPTIMIZE__
#define OPTIMIZED 1
#else
#define OPTIMIZED 0
#endif

USES(key, key)
USES(asm, assembly)

int main(void)
{
	CHECK_KEY(&key, add);
	CHECK(locals_key(5) == 6);
	CHECK(static_call_key_update(&key, subtract) == 0);
	CHECK_KEY(&key, subtract);
	CHECK(locals_key(5) == 4);
	if (OPTIMIZED)
		CHECK(locals_asm(5) == -1);
	return 0;
}
