/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys of ms_abi type in C++: class arguments, exceptions; a plain store changes them. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

#define MS __attribute__((ms_abi))

static int alive;

struct counted {
	long value;

	explicit counted(long v) : value(v) { alive++; }
	counted(const counted &other) : value(other.value) { alive++; }
	~counted() { alive--; }
};

typedef MS counted function(counted, double, long, long, long);

MS NOIPA static counted sum(counted a, double b, long c, long d, long e)
{
	return counted(a.value + 3 * (long)b + 5 * c + 7 * d + 11 * e);
}

MS NOIPA static counted throws(counted a, double b, long c, long d, long e)
{
	throw a.value + (long)b + c + d + e;
}

function *key STATIC_CALL_KEY = sum;

NOIPA static long work(long x)
{
	double kept = x * 2.5;

	try {
		return key(counted(x), kept, 3, 4, 5).value + (long)kept;
	} catch (long thrown) {
		return -thrown - (long)kept;
	}
}

int main()
{
	CHECK_KEY(&key, sum);
	CHECK(work(2) == 2 + 15 + 15 + 28 + 55 + 5 && alive == 0);
	key = throws;
	CHECK_KEY(&key, throws);
	CHECK(work(2) == -(2 + 5 + 3 + 4 + 5) - 5 && alive == 0);
	return 0;
}
