/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Register variables, as those of system calls have them, survive a store to a key: nothing in
 * the source is a call. Not so in %rdi and %rsi, in which the address and the size of the store are told.
 */
/* { dg-do run } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x + 2;
}

int (*key)(int) STATIC_CALL_KEY = one;

NOIPA static int call(int x)
{
	return key(x);
}

NOIPA static long variables(long a, int (**at)(int), int (*fn)(int))
{
	long result = 0;
	register long r8 __asm__("r8") = a;
	register long r9 __asm__("r9") = 3 * a;
	register long r10 __asm__("r10") = 5 * a;
	register long r11 __asm__("r11") = 7 * a;

	*at = fn;
	__asm__ volatile("addq %1, %0\n\taddq %2, %0\n\taddq %3, %0\n\taddq %4, %0"
			 : "+m"(result)
			 : "r"(r8), "r"(r9), "r"(r10), "r"(r11)
			 : "cc");
	return result;
}

int main(void)
{
	int i;

	for (i = 0; i < 6; i++) {
		CHECK(variables(i + 1, &key, i & 1 ? one : two) == 16 * (i + 1));
		CHECK(call(1) == (i & 1 ? 2 : 3));
		CHECK_KEY(&key, i & 1 ? one : two);
	}
	return 0;
}
