/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Exceptions through a tail call, from a retargeting callee, in loops, and rethrown. */
/* { dg-do run } */
#include "check.h"

static int calm(int x);
static int throws(int x);

int (*key)(int) STATIC_CALL_KEY = throws;

NOIPA static int throws(int x)
{
	static_call_key_update(&key, calm);
	throw x;
}

NOIPA static int calm(int x)
{
	key = throws;
	return x;
}

NOIPA static int tail(int x)
{
	return key(x);
}

NOIPA static int rethrow(int x)
{
	try {
		return key(x);
	} catch (...) {
		throw;
	}
}

int main()
{
	int i, caught = 0;

	CHECK_KEY(&key, throws);
	for (i = 0; i < 20; i++) {
		try {
			caught += (i & 2 ? tail : rethrow)(1) * 1000;
		} catch (int) {
			caught++;
		}
	}
	CHECK(caught == 10010);
	CHECK_KEY(&key, throws);
	return 0;
}
