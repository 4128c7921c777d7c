/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A library with a key of its own, hidden and static. */
/* { dg-do run } */
/* { dg-shared-library "library-3-lib.c" } */
#include "check.h"
#include "library-3.h"

NOIPA static int ours(int x)
{
	return x * 3;
}

static int (*hidden_key)(int) STATIC_CALL_KEY = ours;

NOIPA int work(int x)
{
	return hidden_key(x);
}

int main(void)
{
	CHECK(work(5) == 15 && library_work(5) == 606);
	library_check();
	library_set(ours);
	CHECK(work(5) == 15 && library_work(5) == 1515);
	library_check();
	CHECK_KEY(&hidden_key, ours);
	return 0;
}
