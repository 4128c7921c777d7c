/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls in constructors and destructors, also before and after main. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

NOIPA static long plain(long x)
{
	return x + 1;
}

NOIPA static long other(long x)
{
	return x + 100;
}

long (*key)(long) STATIC_CALL_KEY = plain;

struct base {
	long value;

	NOIPA explicit base(long x) : value(key(x)) { }
	NOIPA virtual ~base() { value = key(-1); }
};

struct derived : virtual base {
	long more = key(10);

	explicit derived(long x) : base(key(x)) { }
	NOIPA ~derived() { more = key(-10); }
};

/* With the runtime the exit code would be 1 if it said something else. */
struct at_exit {
	derived inner;

	at_exit() : inner(5) { }
	~at_exit()
	{
		if (key(1) != 101)
			_Exit(1);
	}
};

static at_exit global;

NOIPA static long work(long x)
{
	derived local(x);
	base simple(x);

	return local.value * 1000000 + local.more * 1000 + simple.value;
}

int main()
{
	CHECK(global.inner.value == 7 && global.inner.more == 11);
	CHECK_SITES(&key, plain, 4);
	CHECK(work(1) == 3011002);
	CHECK(static_call_key_update(&key, other) == 0);
	CHECK_SITES(&key, other, 4);
	CHECK(work(1) == 201110101);
	return 0;
}
