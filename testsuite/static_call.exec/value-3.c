/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Structs by value, as arguments and results, small and large. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

struct pair {
	long a;
	double b;
};

struct large {
	long v[9];
};

NOIPA static struct pair swap(struct pair p, struct large l)
{
	return (struct pair){ (long)p.b + l.v[8], (double)p.a };
}

NOIPA static struct pair keep(struct pair p, struct large l)
{
	return (struct pair){ p.a - l.v[8], p.b };
}

NOIPA static struct large fill(long x, struct pair p)
{
	struct large l;
	int i;

	for (i = 0; i < 9; i++)
		l.v[i] = x + i * p.a;
	return l;
}

NOIPA static struct large empty(long x, struct pair p)
{
	return (struct large){ { x, p.a } };
}

struct pair (*small)(struct pair, struct large) STATIC_CALL_KEY = swap;
struct large (*big)(long, struct pair) STATIC_CALL_KEY = fill;

NOIPA long work(long x)
{
	struct pair p = { x, 7.0 };
	struct large l = big(3, p);

	p = small(p, l);
	return p.a * 1000 + (long)p.b + l.v[1] * 1000000;
}

int main(void)
{
	CHECK_KEY(&small, swap);
	CHECK_KEY(&big, fill);
	CHECK(work(5) == (7 + 43) * 1000 + 5 + 8 * 1000000);
	CHECK(static_call_key_update(&small, keep) == 0);
	CHECK(static_call_key_update(&big, empty) == 0);
	CHECK_KEY(&small, keep);
	CHECK_KEY(&big, empty);
	CHECK(work(5) == 5 * 1000 + 7 + 5 * 1000000);
	return 0;
}
