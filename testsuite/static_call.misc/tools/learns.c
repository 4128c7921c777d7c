/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For log.exp: calls through pointers that learn, of sites with a state of their own and of one that is shared,
 * for about as many milliseconds as the argument says.
 */
#include <static_call_dynamic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define NOIPA __attribute__((noipa))

NOIPA static int one(int x) { return x + 1; }
NOIPA static int two(int x) { return x + 2; }

typedef int (*fn)(int) STATIC_CALL_DYNAMIC;
typedef int (*shared_fn)(int) STATIC_CALL_DYNAMIC_AS("shared");

fn own = one;
shared_fn shared[2] = { one, two };

NOIPA static int call_own(int x) { return own(x) + 1; }
NOIPA static int call_shared(int x) { return shared[x & 1](x) + 1; }

int main(int argc, char **argv)
{
	clock_t end = clock() + (argc > 1 ? atoi(argv[1]) : 0) * (CLOCKS_PER_SEC / 1000);
	long sum = 0;
	int i;

	do
		for (i = 0; i < 100000; i++)
			sum += call_own(i) + call_shared(i);
	while (clock() < end);
	printf("%d %d\n", (int)getpid(), sum > 0);
	return 0;
}
