/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Atomic loads of a key, by the builtins: indirect, right, reported. */
/* { dg-do run } */
/* { dg-final { scan-function work_atomic {(call|jmp)q? +\*} } } */
/* { dg-final { direct-in work } } */
/* { dg-final { scan-report {"function":"work_atomic",.*"result":"indirect","reason":"atomic"} } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = one;

NOIPA int work_atomic(int x)
{
	int (*p)(int) = __atomic_load_n(&key, __ATOMIC_ACQUIRE);

	return p(x) + 1;
}

NOIPA int work(int x)
{
	return key(x) + 1;
}

int main(void)
{
	CHECK_KEY(&key, one);
	CHECK(work_atomic(5) == 7 && work(5) == 7);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_KEY(&key, two);
	CHECK(work_atomic(5) == 11 && work(5) == 11);
	return 0;
}
