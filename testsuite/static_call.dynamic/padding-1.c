/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dynamic calls that are compiled with -Wa,-mbranches-within-32B-boundaries, which puts prefixes in
 * front of what comes before a jump, all over the code: none of them is taken for something else. For programs.exp.
 */
#include <static_call_dynamic.h>
#include <stdio.h>

#define NOIPA __attribute__((noipa))
#define TURNS 20000

struct ops {
	int (*fn)(int);
	int (*shared)(int) STATIC_CALL_DYNAMIC_AS("padding");
};

NOIPA static int one(int x) { return x + 1; }
NOIPA static int two(int x) { return x + 2; }

#define CALLS(n)                                                                       \
	NOIPA static int tail##n(const struct ops *ops, int x) { return ops->fn(x); } \
	NOIPA static int call##n(const struct ops *ops, int x) { return ops->fn(x) + 1; }
#define EACH8(X, n) X(n##0) X(n##1) X(n##2) X(n##3) X(n##4) X(n##5) X(n##6) X(n##7)
#define EACH(X)     EACH8(X, 1) EACH8(X, 2) EACH8(X, 3) EACH8(X, 4)
#define COUNT       (2 * 32)
EACH(CALLS)

NOIPA static int shared_tail(const struct ops *ops, int x) { return ops->shared(x); }
NOIPA static int shared_call(const struct ops *ops, int x) { return ops->shared(x) + 1; }

int main(void)
{
	struct ops ops = { one, two };
	struct static_call_dynamic_stats stats;
	int i, sum = 0;

	for (i = 0; i < TURNS; i++) {
#define MAKE(n) sum += tail##n(&ops, i & 1) + call##n(&ops, i & 1);
		EACH(MAKE)
		sum += shared_tail(&ops, i & 1) + shared_call(&ops, i & 1);
	}
	/* 1.5 on average, 2 for each pair and the 2 shared: and 1 more for each that adds. */
	if (sum != TURNS / 2 * (COUNT / 2 * (1 + 2 + 2 + 3) + 2 + 3 + 3 + 4))
		return 1;
	if (static_call_dynamic_learn() || static_call_dynamic_stats(&stats))
		return 2;
	printf("%zu sites, %zu seen, %zu learned, %zu given up, %zu refused\n", stats.sites,
	       stats.seen, stats.learned, stats.given_up, stats.refused);
	/* Without -mindirect-branch= all but the one with a name may be left to the processor. */
	if (stats.sites != COUNT + 2 || stats.seen != COUNT + 1 || stats.refused ||
	    stats.learned + stats.given_up != COUNT + 1 || !stats.learned)
		return 3;
	puts("ok");
	return 0;
}
