/* SPDX-License-Identifier: GPL-2.0-or-later */
/* setjmp around calls whose target jumps back, out of several frames with sites. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"
#include <setjmp.h>

static jmp_buf buffer;

NOIPA static int returns(int x)
{
	return x + 1;
}

NOIPA static int jumps(int x)
{
	longjmp(buffer, x + 100);
}

int (*key)(int) STATIC_CALL_KEY = returns;

NOIPA static int deeper(int depth, int x)
{
	if (depth)
		return deeper(depth - 1, x) + 1;
	return key(x) + 1;
}

NOIPA static int work(int x)
{
	volatile int calls = 0;
	int landed = setjmp(buffer);

	if (landed)
		return landed * 1000 + calls;
	calls++;
	x = key(x);
	calls++;
	return x + deeper(3, x);
}

int main(void)
{
	int i;

	CHECK_SITES(&key, returns, 2);
	CHECK(work(1) == 2 + 7);
	CHECK(static_call_key_update(&key, jumps) == 0);
	CHECK_SITES(&key, jumps, 2);
	for (i = 0; i < 3; i++)
		CHECK(work(i) == (100 + i) * 1000 + 1);
	CHECK(static_call_key_update(&key, returns) == 0);
	CHECK(work(1) == 2 + 7);
	return 0;
}
