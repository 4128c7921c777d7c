/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Vectors of 64 bits, and vectors too wide for the target's registers: in memory. */
/* { dg-do run } */
/* { dg-additional-options "-Wno-psabi" } */
/* { dg-final { check-static-call } } */
#include "abi.h"

typedef short narrow __attribute__((vector_size(8)));
typedef int wide __attribute__((vector_size(64)));

NOIPA static narrow add(narrow a, wide b, narrow c)
{
	return a + (short)b[15] + 3 * c;
}

NOIPA static narrow multiply(narrow a, wide b, narrow c)
{
	return a * (short)b[14] - c;
}

NOIPA static wide widen(narrow a, wide b)
{
	return b + a[3];
}

NOIPA static wide widen_other(narrow a, wide b)
{
	return b - a[2];
}

narrow (*key)(narrow, wide, narrow) STATIC_CALL_KEY = add;
wide (*wide_key)(narrow, wide) STATIC_CALL_KEY = widen;

#define NARROW	((narrow){ ARG(1), ARG(2), ARG(3), ARG(4) })
#define WIDE	((wide){ ARG(5), 0, 0, 0, ARG(6), 0, 0, 0, 0, 0, 0, 0, 0, 0, ARG(7), ARG(8) })

#define CALL(f) ({							\
	narrow result = f(NARROW, WIDE, NARROW);			\
	mix_bytes(0, &result, sizeof(result)); })

#define CALL_WIDE(f) ({							\
	wide result = f(NARROW, WIDE);					\
	mix_bytes(0, &result, sizeof(result)); })

int main(void)
{
	COMPARE(key, add, multiply);
	COMPARE_WITH(CALL_WIDE, wide_key, widen, widen_other);
	return 0;
}
