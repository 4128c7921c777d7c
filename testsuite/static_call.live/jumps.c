/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A program to be looked at from outside: dynamic calls that were left to the processor, a call and
 * a tail call. It says "ready" and its number, then waits for the end of its input.
 */
#include <static_call_dynamic.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

#define NOIPA __attribute__((noipa))

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int call(int (*f)(int), int x)
{
	return f(x) + 1;
}

NOIPA static int tail(int (*f)(int), int x)
{
	return f(x);
}

int main(void)
{
	int i, sum = 0;

	for (i = 0; i < 100; i++)
		sum += call(one, i) - tail(one, i);
	if (sum != 100 || static_call_dynamic_freeze())
		return 1;
	sum += call(one, i) - tail(one, i);
	prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);
	printf("ready %d\n", (int)getpid());
	fflush(stdout);
	while (getchar() != EOF)
		;
	return sum != 101;
}
