/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Functions with more stores than are tested in line, one behind the other, behind branches and
 * in a loop: each is followed, whichever of them leads to a key.
 */
/* { dg-do run } */
#include "check.h"

typedef int fn_type(int);

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x + 2;
}

fn_type *key STATIC_CALL_KEY = one;

NOIPA static int call(void)
{
	return key(0);
}

/* Numbers from 1000 on, so that none is octal. */
#define TEN(x, n)	x(n##0) x(n##1) x(n##2) x(n##3) x(n##4) x(n##5) x(n##6) x(n##7) x(n##8) x(n##9)
#define HUNDRED(x, n)	TEN(x, n##0) TEN(x, n##1) TEN(x, n##2) TEN(x, n##3) TEN(x, n##4) \
			TEN(x, n##5) TEN(x, n##6) TEN(x, n##7) TEN(x, n##8) TEN(x, n##9)
#define ALL(x)		HUNDRED(x, 10) HUNDRED(x, 11) HUNDRED(x, 12) HUNDRED(x, 13) HUNDRED(x, 14) \
			HUNDRED(x, 15)
#define STORES 600

#define STRAIGHT(n)	*p[n - 1000] = v;
#define BRANCH(n)	if (which[n - 1000]) *p[n - 1000] = v;
#define ROUND(n)	p[n - 1000][i] = v;

NOIPA static void straight(fn_type ***p, fn_type *v)
{
	ALL(STRAIGHT)
}

NOIPA static void branches(fn_type ***p, fn_type *v, const char *which)
{
	ALL(BRANCH)
}

NOIPA static void loop(fn_type ***p, fn_type *v, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		ALL(ROUND)
	}
}

static fn_type *scratch, **places[STORES];
static char which[STORES];

int main(void)
{
	int i;

	for (i = 0; i < STORES; i++)
		places[i] = &scratch;
	for (i = 0; i < STORES; i += 13) {
		places[i] = &key;
		which[i] = 1;
		straight(places, two);
		CHECK(call() == 2);
		branches(places, one, which);
		CHECK(call() == 1);
		loop(places, two, 1);
		CHECK(call() == 2);
		branches(places, one, which);
		CHECK(call() == 1);
		places[i] = &scratch;
		which[i] = 0;
	}
	CHECK(static_call_key_verify() == 0);
	return 0;
}
