/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stores that come inlined into a function that calls setjmp: GCC lets the resync of each
 * end its block, as a call that may come back there, and nothing can be put on such an edge.
 */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "check.h"
#include <setjmp.h>

typedef int (*fn)(int);

NOIPA static int one(int x) { return x + 1; }
NOIPA static int two(int x) { return x + 2; }
fn a STATIC_CALL_KEY = one, b STATIC_CALL_KEY = two;
static jmp_buf back;

NOIPA static void jump(int n)
{
	if (n)
		longjmp(back, n);
}

static inline void exchange(int n)
{
	int i;

	for (i = 0; i < n; i++) {
		fn old = a;

		a = b;
		b = old;
	}
}

NOIPA static int work(int n, int times)
{
	volatile int seen = 0;

	if (setjmp(back) == 0) {
		seen = 1;
		jump(n);
	}
	exchange(times);
	return seen;
}

int main(void)
{
	CHECK(work(0, 1) == 1 && a(10) == 12 && b(10) == 11);
	CHECK(work(1, 2) == 1 && a(10) == 12 && b(10) == 11);
	CHECK(work(2, 3) == 1 && a(10) == 11 && b(10) == 12);
	return 0;
}
