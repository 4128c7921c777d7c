/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guards-body.c - calls whose target is best inlined. KIND: what the calls are; by the flags
 * of the compilation all but KIND_direct, where they name the target, which is not inlined.
 */
#include "guards.h"

#include <static_call.h>

#define NAME__(name, kind) bench_##name##_##kind
#define NAME_(name, kind)  NAME__(name, kind)
#define NAME(name)         NAME_(name, KIND)

#ifdef KIND_direct
#define TARGET __attribute__((noipa))
#define KEY(type, name, parameters, target)
#define CALL_add   add_target
#define CALL_trace trace_target
#define CALL_rare  rare_target
#else
#ifdef KIND_patched
/* Neither inlined under a guard, nor in the site. */
#define TARGET __attribute__((noinline))
#else
#define TARGET
#endif
#ifdef TAGGED
#define TAG STATIC_CALL_KEY
#else
#define TAG
#endif
/* Not static: GCC must not take an untagged one for a constant. */
#define KEY(type, name, parameters, target)      \
	extern type(*NAME(name)) parameters TAG; \
	type(*NAME(name)) parameters = target;
#define CALL_add   NAME(add)
#define CALL_trace NAME(trace)
#define CALL_rare  NAME(rare)
#endif

TARGET static unsigned long add_target(unsigned long x)
{
	return x + 1;
}

TARGET static void trace_target(unsigned long a, unsigned long b, const char *what)
{
	(void)a;
	(void)b;
	(void)what;
}

TARGET static int rare_target(unsigned long x)
{
	(void)x;
	return 0;
}

KEY(unsigned long, add, (unsigned long), add_target)
KEY(void, trace, (unsigned long, unsigned long, const char *), trace_target)
KEY(int, rare, (unsigned long), rare_target)

/* A small function in a loop. */
static unsigned long loop(unsigned long n)
{
	unsigned long i, s = 0;

	for (i = 0; i < n; i++)
		s = CALL_add(s) ^ i;
	return s;
}

/* Hooks that do nothing, in straight code that does something. */
__attribute__((noinline)) static unsigned long hooked(unsigned long a, unsigned long b)
{
	CALL_trace(a, b, "start");
	a = a * 3 + (b >> 7);
	CALL_trace(b, a, "mixed");
	b ^= a << 5;
	CALL_trace(a ^ b, a, "turned");
	a += b * 5;
	CALL_trace(a, b, "end");
	return a ^ b;
}

static unsigned long straight(unsigned long n)
{
	unsigned long i, s = 1;

	for (i = 0; i < n; i++)
		s = hooked(s, i);
	return s;
}

/* A question to which the answer is no, and what would be done otherwise. */
static unsigned long predicate(unsigned long n)
{
	unsigned long i, s = 1, t = 0;

	for (i = 0; i < n; i++) {
		if (CALL_rare(i)) {
			t ^= s / (i | 1);
			s = s * t + (t >> 3);
		}
		s += i ^ s >> 1;
	}
	return s + t;
}

#define WORKS_(kind)  const struct work works_##kind[WORKS]
#define WORKS__(kind) WORKS_(kind)

WORKS__(KIND) = {
	{ "small target in a loop", loop },
	{ "four hooks that do nothing", straight },
	{ "predicate that is false", predicate },
};

#ifdef TRAIN
int main(void)
{
	unsigned long s = 0;
	int i;

	for (i = 0; i < WORKS; i++)
		s += works_profile[i].run(1000000);
	return s == 0;
}
#endif
