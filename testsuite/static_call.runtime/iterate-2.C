/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A callback of an iterator throws: the exception arrives, and the runtime works on. */
/* { dg-do run } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x) + 100;
}

static int throw_key(const struct static_call_key_info *, void *)
{
	throw 1;
}

static int throw_site(const struct static_call_key_site_info *, void *)
{
	throw 2;
}

int main()
{
	int caught = 0;

	try {
		static_call_key_for_each(throw_key, nullptr);
	} catch (int n) {
		caught += n;
	}
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_KEY(&key, two);
	try {
		static_call_key_for_each_site(&key, throw_site, nullptr);
	} catch (int n) {
		caught += n;
	}
	CHECK(!CHECK_PATCHED || caught == 3);
	key = one;
	CHECK_KEY(&key, one);
	CHECK(work(5) == 106);
	return 0;
}
