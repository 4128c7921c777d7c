/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The inlined function calls the key that it is called through. */
/* { dg-do run } */
#include "guard.h"

static long faculty(int x);
static long sum(int x);

long (*key)(int) STATIC_CALL_KEY = faculty;
long (*named)(int) STATIC_CALL_KEY_INLINE(faculty, sum) = sum;

static long faculty(int x)
{
	return x < 2 ? 1 : x * key(x - 1);
}

static long sum(int x)
{
	return x < 1 ? 0 : x + named(x - 1);
}

NOIPA long work(int x)
{
	return key(x) + named(x);
}

int main(void)
{
	CHECK(work(5) == 120 + 15);
	CHECK(static_call_key_update(&key, sum) == 0);
	CHECK(work(5) == 15 + 15);
	CHECK(static_call_key_update(&named, faculty) == 0);
	CHECK_GUARDED(&named);
	CHECK(work(5) == 33 + 65);
	named = sum;
	CHECK_GUARDED(&named);
	CHECK(work(5) == 30);
	key = faculty;
	CHECK_GUARDED(&key);
	CHECK(work(5) == 135);
	return 0;
}
