/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key of another object file, called, updated and assigned in both. */
/* { dg-do run } */
/* { dg-additional-sources "extern-1-other.c" } */
/* { dg-final { direct-in work other_work } } */
/* { dg-final { check-static-call } } */
#include "check.h"
#include "extern-1.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA int work(int x)
{
	return key(x) + ops.call(x) * 100;
}

int main(void)
{
	CHECK_SITES(&key, two, 2);
	CHECK_SITES(&ops.call, two, 2);
	CHECK(work(5) == 1010 && other_work(5) == 10100);
	CHECK(static_call_key_update(&key, one) == 0);
	CHECK_SITES(&key, one, 2);
	CHECK(work(5) == 1006 && other_work(5) == 10060);
	other_set(one);
	CHECK_SITES(&ops.call, one, 2);
	CHECK(work(5) == 606 && other_work(5) == 6060);
	key = two;
	CHECK_SITES(&key, two, 2);
	CHECK(work(5) == 610 && other_work(5) == 6100);
	return 0;
}
