/* SPDX-License-Identifier: GPL-2.0-or-later */
/* As caller-1.c, with -Os -fPIC. */
/* { dg-do assemble } */
/* { dg-options "-Os -fPIC" } */
/* { dg-final { scan-function-not keeps {push +%r(bx|1[2-5])|\(%rsp\)|mov.*\(%rbp\)} } } */
/* { dg-final { scan-function saves {push +%rbx} } } */
#include <static_call.h>

long (*quiet)(long) STATIC_CALL_KEY_CLOBBERS("rax", "r11") STATIC_CALL_KEY;
long (*ordinary)(long) STATIC_CALL_KEY;

long keeps(long a, long b, long c, long d, long e)
{
	return quiet(a) + a + 2 * b + 3 * c + 5 * d + 7 * e;
}

long saves(long a, long b, long c, long d, long e)
{
	return ordinary(a) + a + 2 * b + 3 * c + 5 * d + 7 * e;
}
