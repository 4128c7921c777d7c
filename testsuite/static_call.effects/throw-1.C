/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An exception that a key's target throws is caught around the call, and runs destructors. One that
 * comes out of a call in assembly does neither: an asm cannot throw, so the compiler dropped the
 * handler. If it does not do so any more, the comparison is out of date, and this test fails.
 */
/* { dg-do run } */
/* { dg-additional-options "-mno-red-zone" } */
/* { dg-final { check-static-call } } */
#include "check.h"
#include "effects.h"

static NOIPA long returns(long x)
{
	return x + 1;
}

/* The asm leaves the stack as it is, and the unwinder wants it aligned. */
static NOIPA __attribute__((force_align_arg_pointer)) long throws(long x)
{
	throw x;
}

long (*key)(long) STATIC_CALL_KEY = returns;
HIDDEN long (*plain)(long) = throws;

static int destroyed;

struct guard {
	~guard()
	{
		destroyed++;
	}
};

#define USES(kind, call)                                                                      \
	NOIPA static long caught_##kind(long x)                                               \
	{                                                                                     \
		try {                                                                         \
			guard g;                                                              \
                                                                                              \
			return call(x);                                                       \
		} catch (long value) {                                                        \
			return -value;                                                        \
		}                                                                             \
	}

#define assembly(x) ASM_CALL(plain, x)

USES(key, key)
USES(asm, assembly)

int main()
{
	long escaped = 0;

	CHECK_KEY(&key, returns);
	CHECK(caught_key(5) == 6 && destroyed == 1);
	CHECK(static_call_key_update(&key, throws) == 0);
	CHECK_KEY(&key, throws);
	CHECK(caught_key(5) == -5 && destroyed == 2);

	try {
		caught_asm(7);
	} catch (long value) {
		escaped = value;
	}
	CHECK(escaped == 7 && destroyed == 2);
	return 0;
}
