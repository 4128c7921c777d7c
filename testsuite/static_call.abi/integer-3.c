/* SPDX-License-Identifier: GPL-2.0-or-later */
/* __int128, in two registers and, where one is left, on the stack. */
/* { dg-do run } */
/* { dg-require-effective-target int128 } */
/* { dg-final { check-static-call } } */
#include "abi.h"

typedef __int128 wide;

NOIPA static wide sum(wide a, long b, wide c, wide d, long e)
{
	return a + 3 * b + 5 * c + 7 * d + 11 * e;
}

NOIPA static wide other(wide a, long b, wide c, wide d, long e)
{
	return 11 * a + 7 * b + 5 * c + 3 * d + e;
}

wide (*key)(wide, long, wide, wide, long) STATIC_CALL_KEY = sum;

#define WIDE(high, low) ((wide)ARG(high) << 64 | (unsigned int)ARG(low))

#define CALL(f) ({							\
	wide result = f(WIDE(1, 2), ARG(3), WIDE(-4, 5), WIDE(6, 7), ARG(8)); \
	mix_bytes(0, &result, sizeof(result)); })

int main(void)
{
	COMPARE(key, sum, other);
	return 0;
}
