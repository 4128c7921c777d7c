/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A caller keeps its live values in the registers that the set does not list: no
 * callee-saved register is pushed for them, none is spilled or loaded again. The same
 * function with a call of the ABI does all of that.
 */
/* { dg-do assemble } */
/* { dg-options "-O2" } */
/* { dg-final { scan-function-not keeps {push|%rbx|%rbp|%r1[2-5]|\(%rsp\)} } } */
/* { dg-final { scan-function-not keeps_vectors {push|\(%rsp\)} } } */
/* { dg-final { scan-function saves {push +%r15} } } */
/* { dg-final { scan-function saves_vectors {movs[sd] +%xmm[0-9]+,.*\(%rsp\)} } } */
#include <static_call.h>

long (*quiet)(long) STATIC_CALL_KEY_CLOBBERS("rax") STATIC_CALL_KEY;
long (*ordinary)(long) STATIC_CALL_KEY;

long keeps(long a, long b, long c, long d, long e, long f)
{
	long r = quiet(a);

	return r + quiet(b) + a + 2 * b + 3 * c + 5 * d + 7 * e + 11 * f;
}

long saves(long a, long b, long c, long d, long e, long f)
{
	long r = ordinary(a);

	return r + ordinary(b) + a + 2 * b + 3 * c + 5 * d + 7 * e + 11 * f;
}

double keeps_vectors(double a, double b, double c, double d)
{
	return quiet(1) + a * b + c * d;
}

double saves_vectors(double a, double b, double c, double d)
{
	return ordinary(1) + a * b + c * d;
}
