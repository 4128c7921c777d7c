/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Callers that keep locals where a leaf may, below the stack pointer, up to a call at the end. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

NOIPA static long add(long a, long b)
{
	volatile long deep[40];

	deep[0] = deep[39] = a;
	return deep[39] + b;
}

NOIPA static long subtract(long a, long b)
{
	volatile long deep[40];

	deep[0] = deep[39] = a;
	return deep[39] - b;
}

long (*key)(long, long) STATIC_CALL_KEY = add;

/* Leaf but for the tail call. */
NOIPA static long at_end(long x)
{
	volatile long local[12];
	int i;

	for (i = 0; i < 12; i++)
		local[i] = x + i;
	return key(local[11], local[0] + local[5]);
}

/* The call is on a path of its own; the other one is a leaf. */
NOIPA static long on_one_path(long x)
{
	volatile long local[12];
	long sum;

	local[3] = x;
	if (__builtin_expect(x < 0, 0)) {
		sum = key(-x, local[3]);
		return sum + local[3];
	}
	local[4] = x + 1;
	return local[3] + local[4];
}

/* Locals live across the call: no red zone may be used for them. */
NOIPA static long across(long x)
{
	volatile long local[12];
	int i;
	long sum = 0;

	for (i = 0; i < 12; i++)
		local[i] = x + i;
	sum = key(local[1], 2);
	for (i = 0; i < 12; i++)
		sum += local[i] * (i + 1);
	return sum;
}

static void check(int sign)
{
	CHECK(at_end(10) == 21 + sign * 25);
	CHECK(on_one_path(10) == 21);
	CHECK(on_one_path(-10) == 10 + sign * -10 - 10);
	CHECK(across(10) == 11 + sign * 2 + 10 * 78 + 572);
}

int main(void)
{
	CHECK_SITES(&key, add, 3);
	check(1);
	CHECK(static_call_key_update(&key, subtract) == 0);
	CHECK_SITES(&key, subtract, 3);
	check(-1);
	return 0;
}
