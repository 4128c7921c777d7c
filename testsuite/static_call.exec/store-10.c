/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stores in constructors, before and after the module registers itself. */
/* { dg-do run } */
#include "check.h"

typedef int (*fn)(int);

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

fn early STATIC_CALL_KEY = one;
fn late STATIC_CALL_KEY = one;
static int early_result, late_result;

NOIPA int work(int x)
{
	return early(x) + 100 * late(x);
}

__attribute__((constructor)) static void set_late(void)
{
	late = two;
	late_result = work(5);
}

static void set_early(void)
{
	early = two;
	early_result = work(5);
}

/* Runs before any other constructor. */
__attribute__((section(".init_array.00001"), used)) static void (*const first)(void) = set_early;

int main(void)
{
	CHECK(early_result == 610);
	CHECK(late_result == 1010);
	CHECK_KEY(&early, two);
	CHECK_KEY(&late, two);
	CHECK(work(5) == 1010);
	return 0;
}
