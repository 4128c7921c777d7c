/* SPDX-License-Identifier: GPL-2.0-or-later */
/* References to lvalues, temporaries and arrays as arguments and results. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

struct pair {
	int a, b;
};

NOIPA static int &choose(pair &p, const int &n, pair &&temporary, int (&array)[3])
{
	temporary.a += n;
	array[1] += temporary.a;
	return temporary.b ? p.a : array[2];
}

NOIPA static int &choose_other(pair &p, const int &n, pair &&temporary, int (&array)[3])
{
	temporary.a -= n;
	array[0] += temporary.a;
	return temporary.b ? p.b : array[1];
}

int &(*key)(pair &, const int &, pair &&, int (&)[3]) STATIC_CALL_KEY = choose;

#define CALL(f) ([] {							\
	pair p = { ARG(1), ARG(2) };					\
	int array[3] = { ARG(3), 4, 5 };				\
									\
	f(p, ARG(6) + 1, pair{ ARG(7), ARG(0) }, array) += 10;		\
	f(p, p.a, pair{ ARG(8), 1 }, array) += 20;			\
	return mix_bytes(mix(mix(0, p.a), p.b), array, sizeof(array)); }())

int main()
{
	COMPARE(key, choose, choose_other);
	return 0;
}
