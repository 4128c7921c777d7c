/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A library calls through a key that the program defines. */
/* { dg-do run } */
/* { dg-skip-if "the key must be in the program" { *-*-* } { "-shared" } } */
/* { dg-shared-library "library-2-lib.c" } */
/* { dg-final { direct-in work } } */
#include "check.h"
#include "library-2.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*key)(int) = one;

NOIPA int work(int x)
{
	return key(x) + 100;
}

int main(void)
{
	CHECK_SITES(&key, one, 2);
	CHECK(work(5) == 106 && library_work(5) == 206);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_SITES(&key, two, 2);
	CHECK(work(5) == 110 && library_work(5) == 210);
	key = library_target;
	CHECK_SITES(&key, library_target, 2);
	CHECK(work(5) == 105 && library_work(5) == 205);
	return 0;
}
