/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A global that a target changes is loaded again after the call. Across an asm without a "memory"
 * clobber its old value stays in a register. If GCC does not do so any more, the comparison is
 * out of date, and this test fails.
 */
/* { dg-do run } */
/* { dg-additional-options "-mno-red-zone" } */
/* { dg-final { check-static-call } } */
#include "check.h"
#include "effects.h"

static long state = 1;

static NOIPA long add(long x)
{
	state += 10;
	return x + state;
}

static NOIPA long subtract(long x)
{
	state += 10;
	return x - state;
}

long (*key)(long) STATIC_CALL_KEY = add;
HIDDEN long (*plain)(long) = add;

#define USES(kind, call)                                                                      \
	/* How much the call added: 10. */                                                    \
	static NOIPA long changed_##kind(void)                                                \
	{                                                                                     \
		long before = state;                                                          \
                                                                                              \
		call(1);                                                                      \
		return state - before;                                                        \
	}

#define assembly(x) ASM_CALL(plain, x)
#define bare(x) ASM_CALL_BARE(plain, x)

USES(key, key)
USES(asm, assembly)
USES(bare, bare)

int main(void)
{
	CHECK_KEY(&key, add);
	CHECK(changed_key() == 10);
	CHECK(static_call_key_update(&key, subtract) == 0);
	CHECK_KEY(&key, subtract);
	CHECK(changed_key() == 10);

	CHECK(changed_asm() == 10);

#ifdef __OPTIMIZE__
	CHECK(changed_bare() == 0);
#else
	CHECK(changed_bare() == 10);
#endif
	return 0;
}
