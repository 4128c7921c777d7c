/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Integers of every size in registers, and their promotions. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

NOIPA static uint64_t all(signed char a, unsigned short b, int c, unsigned int d, long e, _Bool f)
{
	return mix(mix(mix(mix(mix(mix(0, a), b), c), d), e), f);
}

NOIPA static uint64_t reversed(signed char a, unsigned short b, int c, unsigned int d, long e,
			       _Bool f)
{
	return mix(mix(mix(mix(mix(mix(0, f), e), d), c), b), a);
}

uint64_t (*key)(signed char, unsigned short, int, unsigned int, long, _Bool) STATIC_CALL_KEY = all;

#define CALL(f) f(ARG(-5), ARG(65531), ARG(-7), ARG(0xfffffff0u), ARG(-(1l << 40)), !ARG(0))

int main(void)
{
	COMPARE(key, all, reversed);
	return 0;
}
