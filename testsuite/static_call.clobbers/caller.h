/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two callers with as many live values, one of a key with a clobber set. */
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
