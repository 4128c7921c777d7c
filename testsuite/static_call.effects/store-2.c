/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * At run time: a keyed call's target finds what was stored in the local that its argument points
 * to, and what it writes there is found after the call. Through an asm without a "memory" clobber
 * it finds what was on the stack before, and what it writes is lost. If GCC ever gets this
 * right, the comparison is out of date, and this test fails.
 */
/* { dg-do run } */
/* { dg-additional-options "-mno-red-zone" } */
/* { dg-final { check-static-call } } */
#include "check.h"
#include "effects.h"

#define POISON 0x5555555555555555

static NOIPA long add(long *p)
{
	long value = *p;

	*p = 7;
	return value + 1;
}

static NOIPA long subtract(long *p)
{
	long value = *p;

	*p = 9;
	return value - 1;
}

long (*key)(long *) STATIC_CALL_KEY = add;
HIDDEN long (*plain)(long *) = add;

/* Fill the stack below the caller's frame. */
static NOIPA void poison(void)
{
	long *below, n = 64;

	__asm__ volatile("leaq -512(%%rsp), %0; rep stosq"
			 : "=&D"(below), "+c"(n)
			 : "a"(POISON)
			 : "memory");
}

#define USES(kind, call)                                                                      \
	static NOIPA long read_##kind(void)                                                   \
	{                                                                                     \
		long argument = 0x1234;                                                       \
                                                                                              \
		return call(&argument);                                                       \
	}                                                                                     \
	static NOIPA long write_##kind(void)                                                  \
	{                                                                                     \
		long argument = 0x1234;                                                       \
                                                                                              \
		call(&argument);                                                              \
		return argument;                                                              \
	}

#define assembly(p) ASM_CALL(plain, p)
#define bare(p) ASM_CALL_BARE(plain, p)

USES(key, key)
USES(asm, assembly)
USES(bare, bare)

int main(void)
{
	CHECK_SITES(&key, add, 2);
	poison();
	CHECK(read_key() == 0x1235);
	CHECK(write_key() == 7);
	CHECK(static_call_key_update(&key, subtract) == 0);
	CHECK_SITES(&key, subtract, 2);
	poison();
	CHECK(read_key() == 0x1233);
	CHECK(write_key() == 9);

	poison();
	CHECK(read_asm() == 0x1235);
	CHECK(write_asm() == 7);

#ifdef __OPTIMIZE__
	poison();
	CHECK(read_bare() == POISON + 1);
	CHECK(write_bare() == 0x1234);
#else
	CHECK(read_bare() == 0x1235);
	CHECK(write_bare() == 7);
#endif
	return 0;
}
