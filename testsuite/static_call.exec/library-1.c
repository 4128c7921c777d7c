/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key that a shared library defines: sites here and there follow it. */
/* { dg-do run } */
/* { dg-shared-library "library-1-lib.c" } */
/* { dg-final { direct-in work } } */
#include "check.h"
#include "library-1.h"

NOIPA static int ours(int x)
{
	return x + 1;
}

NOIPA int work(int x)
{
	return key(x) + ops.call(x) * 100;
}

int main(void)
{
	CHECK_SITES(&key, theirs, 2);
	CHECK_SITES(&ops.call, theirs, 2);
	CHECK(work(5) == 1010 && library_work(5) == 10100);
	CHECK(static_call_key_update(&key, ours) == 0);
	CHECK_SITES(&key, ours, 2);
	CHECK(work(5) == 1006 && library_work(5) == 10060);
	ops.call = ours;
	CHECK_SITES(&ops.call, ours, 2);
	CHECK(work(5) == 606 && library_work(5) == 6060);
	library_set(theirs);
	CHECK_SITES(&key, theirs, 2);
	CHECK_SITES(&ops.call, theirs, 2);
	CHECK(work(5) == 1010 && library_work(5) == 10100);
	return 0;
}
