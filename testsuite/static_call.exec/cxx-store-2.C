/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -fnon-call-exceptions: a load that traps leaves the function between two stores, and in a
 * loop; what was stored before is resynced.
 */
/* { dg-do run } */
/* { dg-additional-options "-fnon-call-exceptions -fasynchronous-unwind-tables" } */
#include "check.h"
#include <signal.h>

typedef int (*fn)(int);

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

struct ops {
	fn first, second;
} ops STATIC_CALL_KEY = { one, one };
fn table[4] STATIC_CALL_KEY = { one, one, one, one };

static void handler(int)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGSEGV);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	throw 1;
}

NOIPA int in_a_row(const int *p, fn f)
{
	ops.first = f;
	int value = *p;
	ops.second = f;
	return value;
}

NOIPA int in_a_loop(const int *p, fn *to, fn f)
{
	int sum = 0;

	for (int i = 0; i < 4; i++) {
		to[i] = f;
		sum += *p;
		p = NULL;
	}
	return sum;
}

NOIPA int call(int x)
{
	return ops.first(x) + 100 * table[0](x) + 10000 * table[1](x);
}

int main()
{
	int caught = 0, value = 1;

	CHECK(call(10) == 111111);
	signal(SIGSEGV, handler);
	try {
		in_a_row(NULL, two);
	} catch (int) {
		caught++;
	}
	CHECK_KEY(&ops.first, (void *)ops.first);
	try {
		in_a_loop(&value, table, two);
	} catch (int) {
		caught++;
	}
	CHECK(caught == 2);
	/* Which of these were made before the trap is GCC's to say. */
	CHECK_KEY(&table[0], (void *)table[0]);
	CHECK_KEY(&table[1], (void *)table[1]);
	return 0;
}
