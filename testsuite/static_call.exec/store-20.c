/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A pointer that is one of several behind one branch, and of these or another one behind the
 * next: each store through it is followed, whichever way it came.
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
static fn_type *scratch, **places[4];
static int met;

NOIPA static int call(void)
{
	return key(0);
}

NOIPA static void store(fn_type ***p, fn_type *v, int ways)
{
	fn_type **to = ways & 1 ? p[0] : p[1];

	if (ways & 2) {
		if (ways & 4)
			to = p[2];
		met++;
	}
	*to = v;
}

/* The same, with something to do on both ways. */
NOIPA static void store_else(fn_type ***p, fn_type *v, int ways)
{
	fn_type **to = ways & 1 ? p[0] : p[1];

	if (ways & 2) {
		if (ways & 4)
			to = p[2];
		met++;
	} else {
		met += 2;
	}
	*to = v;
}

int main(void)
{
	int ways, i;

	for (ways = 0; ways < 8; ways++)
		for (i = 0; i < 3; i++) {
			places[0] = places[1] = places[2] = &scratch;
			places[i] = &key;
			key = one;
			store(places, two, ways);
			CHECK(call() == (key == one ? 1 : 2));
			CHECK(static_call_key_verify() == 0);
			key = one;
			store_else(places, two, ways);
			CHECK(call() == (key == one ? 1 : 2));
			CHECK(static_call_key_verify() == 0);
		}
	return 0;
}
