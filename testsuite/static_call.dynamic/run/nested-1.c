/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nested functions: called with their static chain, and through a pointer to code on the stack, which loads it. */
/* { dg-do run } */
/* { dg-skip-if "a loaded library makes no stack executable" { *-*-* } { "-shared" } } */
/* { dg-skip-if "the sanitizer puts frames where no code may be" { *-*-* } { "-fsanitize=address" } } */
/* { dg-prune-output "(executable stack|note.GNU-stack|NOTE: This behaviour)" } */
#include "dynamic.h"

typedef long (*fn)(long);

NOIPA static long call(fn f, long x) { return f(x) + 1; }
NOIPA static long jump(fn f, long x) { return f(x); }
static long plain(long x) { return x; }

NOIPA static long work(unsigned int which, long x)
{
	long outer = x * 3;

	long inner(long y)
	{
		outer++;
		return outer + y;
	}
	long deeper(long y)
	{
		return call(inner, y) + outer;
	}
	fn const fns[3] = { plain, inner, deeper };

	return call(fns[which], x) + 1000 * jump(fns[which], x);
}

int main(void)
{
	unsigned int i;

	for (i = 0; i < ROUNDS; i++) {
		long x = i, got = work(next_of(3, i), x), o = 3 * x;

		switch (next_of(3, i)) {
		case 0:
			CHECK(got == x + 1 + 1000 * x);
			break;
		case 1:
			CHECK(got == o + 1 + x + 1 + 1000 * (o + 2 + x));
			break;
		default:
			CHECK(got == (o + 1 + x + 1 + o + 1) + 1 + 1000 * (o + 2 + x + 1 + o + 2));
		}
	}
	return 0;
}
