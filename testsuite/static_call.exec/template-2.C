/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Templates with cold parts and exceptions in two units: entries go with the copy that is kept. */
/* { dg-do run } */
/* { dg-additional-sources "template-2-other.C" } */
/* { dg-additional-options "-ffunction-sections -Wl,--gc-sections" } */
/* { dg-final { check-static-call } } */
#include "check.h"
#include "template-2.h"

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x * 2;
}

int (*key)(int) = one;
int rare_sum;

int main()
{
	CHECK_SITES(&key, one, 2);
	CHECK(deep<int>(5) == 6 && other_deep(5) == 6);
	CHECK(deep<int>(2000) == -1 && other_deep(3000) == -1);
	CHECK(rare_sum == 2001 + 3001);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_SITES(&key, two, 2);
	CHECK(deep<int>(5) == 10 && other_deep(5) == 10);
	CHECK(other_deep(2000) == -1 && rare_sum == 2001 + 3001 + 4000);
	return 0;
}
