/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions of the Microsoft ABI, and vector arguments. */
/* { dg-do run } */
/* { dg-final { direct-in work work_vector } } */
#include "check.h"

typedef int v4si __attribute__((vector_size(16)));

NOIPA __attribute__((ms_abi)) static int ms_sum(int a, int b, int c, int d, int e)
{
	return a + b * 10 + c * 100 + d * 1000 + e * 10000;
}

NOIPA __attribute__((ms_abi)) static int ms_last(int a, int b, int c, int d, int e)
{
	return e + 0 * (a + b + c + d);
}

NOIPA static v4si add(v4si a, v4si b)
{
	return a + b;
}

NOIPA static v4si multiply(v4si a, v4si b)
{
	return a * b;
}

__attribute__((ms_abi)) int (*ms)(int, int, int, int, int) STATIC_CALL_KEY = ms_sum;
v4si (*vector)(v4si, v4si) STATIC_CALL_KEY = add;

NOIPA int work(int x)
{
	return ms(x, 2, 3, 4, 5) + 7;
}

NOIPA int work_vector(int x)
{
	v4si a = { x, 2, 3, 4 }, b = { 5, 6, 7, 8 };
	v4si c = vector(a, b);

	return c[0] + c[1] * 100 + c[2] * 10000 + c[3] * 1000000;
}

int main(void)
{
	CHECK_KEY(&ms, ms_sum);
	CHECK_KEY(&vector, add);
	CHECK(work(1) == 54328);
	CHECK(work_vector(1) == 12100806);
	CHECK(static_call_key_update(&ms, ms_last) == 0);
	CHECK(static_call_key_update(&vector, multiply) == 0);
	CHECK_KEY(&ms, ms_last);
	CHECK_KEY(&vector, multiply);
	CHECK(work(1) == 12);
	CHECK(work_vector(1) == 32211205);
	return 0;
}
