/* SPDX-License-Identifier: GPL-2.0-or-later */
/* OpenMP: calls in outlined functions, and threads. */
/* { dg-do run } */
/* { dg-require-effective-target openmp } */
/* { dg-additional-options "-fopenmp" } */
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

NOIPA long work(int n)
{
	long sum = 0;
	int i;

#pragma omp parallel for reduction(+ : sum) num_threads(4)
	for (i = 0; i < n; i++)
		sum += key(i);
	return sum;
}

int main(void)
{
	CHECK_KEY(&key, one);
	CHECK(work(100) == 5050);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_KEY(&key, two);
	CHECK(work(100) == 9900);
	return 0;
}
