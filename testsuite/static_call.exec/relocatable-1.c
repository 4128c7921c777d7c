/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Objects joined by ld -r first keep their sites. */
/* { dg-do run } */
/* { dg-relocatable-sources "extern-1-other.c" } */
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
	other_set(one);
	CHECK_SITES(&key, one, 2);
	CHECK_SITES(&ops.call, one, 2);
	CHECK(work(5) == 606 && other_work(5) == 6060);
	return 0;
}
