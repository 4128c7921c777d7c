/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two thousand stores that may be to keys, in a loop, one behind the other and behind branches:
 * not all are tested in line, or GCC runs out of stack, or takes minutes.
 */
/* { dg-do compile } */
/* { dg-options "-O2" } */
#include <static_call.h>

extern int (*key)(int) STATIC_CALL_KEY;

/* Numbers from 10000 on, so that none is octal. */
#define TEN(x, n)	x(n##0) x(n##1) x(n##2) x(n##3) x(n##4) x(n##5) x(n##6) x(n##7) x(n##8) x(n##9)
#define HUNDRED(x, n)	TEN(x, n##0) TEN(x, n##1) TEN(x, n##2) TEN(x, n##3) TEN(x, n##4) \
			TEN(x, n##5) TEN(x, n##6) TEN(x, n##7) TEN(x, n##8) TEN(x, n##9)
#define THOUSAND(x, n)	HUNDRED(x, n##0) HUNDRED(x, n##1) HUNDRED(x, n##2) HUNDRED(x, n##3) \
			HUNDRED(x, n##4) HUNDRED(x, n##5) HUNDRED(x, n##6) HUNDRED(x, n##7) \
			HUNDRED(x, n##8) HUNDRED(x, n##9)
#define ALL(x)		THOUSAND(x, 10) THOUSAND(x, 11)

#define ROUND(n)	p[n - 10000][i] = v;
#define STRAIGHT(n)	p[n - 10000][0] = v;
#define PART(n)		if (which[n - 10000]) p[n - 10000][0] = v;

void loop(void ***p, void *v, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		ALL(ROUND)
	}
}

void straight(void ***p, void *v)
{
	ALL(STRAIGHT)
}

void parts(void ***p, void *v, const char *which)
{
	ALL(PART)
}
