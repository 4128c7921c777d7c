/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Vector arguments of 256 bits go through sites and trampolines. */
/* { dg-do run } */
/* { dg-require-effective-target avx_runtime } */
/* { dg-additional-options "-mavx2" } */
#include "check.h"

typedef double v4df __attribute__((vector_size(32)));

NOIPA static v4df add(v4df a, v4df b)
{
	return a + b;
}

NOIPA static v4df multiply(v4df a, v4df b)
{
	return a * b;
}

v4df (*key)(v4df, v4df) STATIC_CALL_KEY = add;

NOIPA double work(double x)
{
	v4df a = { x, 2, 3, 4 }, b = { 5, 6, 7, 8 };
	v4df c = key(a, b);

	return c[0] + c[1] * 100 + c[2] * 10000 + c[3] * 1000000;
}

int main(void)
{
	CHECK_KEY(&key, add);
	CHECK(work(1) == 12100806);
	CHECK(static_call_key_update(&key, multiply) == 0);
	CHECK_KEY(&key, multiply);
	CHECK(work(1) == 32211205);
	return 0;
}
