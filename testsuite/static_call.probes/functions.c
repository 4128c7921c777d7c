/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Functions in which a site is the first thing to do, or would be where a debugger takes
 * the prologue to end. probes.exp looks where gdb's breakpoints on them lie.
 */
#include <stdlib.h>

#include <static_call.h>

#define NOINLINE __attribute__((noinline))

static NOINLINE int target(int x)
{
	return x + 1;
}

static NOINLINE void none(void)
{
	__asm__ volatile("");
}

void (*hook)(void) STATIC_CALL_KEY = none;
int (*key)(int) STATIC_CALL_KEY = target;
struct pair { long a, b; };
static NOINLINE struct pair make(struct pair p)
{
	return p;
}
struct pair (*big)(struct pair) STATIC_CALL_KEY = make;
static int counter;

NOINLINE void f_wrapper(void)
{
	hook();
}

NOINLINE void f_line(void) { hook(); }

NOINLINE int f_line_value(int x) { return key(x) + 1; }

NOINLINE void f_twice(void)
{
	hook();
	hook();
}

NOINLINE int f_pass(int x)
{
	return key(x);
}

NOINLINE int
f_header(int x)
{
	hook();
	return x;
}

NOINLINE int f_computed(int x)
{
	x += counter;
	return key(x) + x;
}

NOINLINE int f_argument(int x)
{
	return key(x * 3) + x;
}

NOINLINE struct pair f_struct(struct pair p)
{
	return big(p);
}

NOINLINE struct pair f_struct_kept(struct pair p)
{
	struct pair q = big(p);

	q.a += p.b;
	return q;
}

NOINLINE void f_endless(int n)
{
again:
	hook();
	if (counter++ < n)
		goto again;
}

NOINLINE void f_loop(int n)
{
	while (n--)
		hook();
}

NOINLINE int f_frame(int n)
{
	char *p = (char *)__builtin_alloca(n);

	hook();
	__asm__ volatile("" : : "r"(p) : "memory");
	return n;
}

NOINLINE int f_saved(int a, int b, int c)
{
	int sum = a + b + c;

	hook();
	return sum * key(a) + b - c;
}

NOINLINE int f_aligned(int x)
{
	int array[16] __attribute__((aligned(64)));

	hook();
	__asm__ volatile("" : : "r"(array) : "memory");
	return x;
}

/* What is unlikely goes to a part of its own. */
NOINLINE int f_cold(int x)
{
	if (__builtin_expect(x == 12345, 0)) {
		hook();
		abort();
	}
	return x;
}

static __attribute__((cold)) NOINLINE void f_is_cold(void)
{
	hook();
	counter++;
}

NOINLINE int f_cold_call(int x)
{
	if (__builtin_expect(x == 12345, 0))
		f_is_cold();
	return x;
}

/* At -O3, a clone for the constant. */
static NOINLINE int f_clone(int x, int which)
{
	hook();
	return which ? x * 2 : key(x);
}

NOINLINE int f_clones(int x)
{
	return f_clone(x, 1) + f_clone(x + 1, 1);
}

NOINLINE int f_nested(int x)
{
	__label__ out;

	hook();
	if (x)
		goto out;
	hook();
out:
	return x;
}

NOINLINE int f_switch(int x)
{
	switch (x) {
	case 0: hook(); return 1;
	case 1: return key(1);
	case 2: hook(); hook(); return 2;
	case 3: return key(x);
	case 4: return key(7);
	default: hook(); return 0;
	}
}

static inline void in_line(void)
{
	hook();
}

NOINLINE void f_inlined(void)
{
	in_line();
}

NOINLINE void f_not_returning(void)
{
	hook();
	exit(0);
}

int main(int argc, char **argv)
{
	struct pair p = { 1, 2 };

	(void)argv;
	f_wrapper();
	f_line();
	f_twice();
	f_endless(argc);
	f_loop(argc);
	f_inlined();
	counter += f_pass(1) + f_line_value(1) + f_header(1) + f_computed(1) + f_argument(1);
	counter += f_struct(p).a + f_struct_kept(p).b + f_frame(16) + f_saved(1, 2, 3);
	counter += f_aligned(1) + f_cold(argc) + f_cold_call(argc) + f_clones(argc);
	counter += f_nested(argc) + f_switch(argc);
	if (argc == 2)
		f_not_returning();
	return counter == 12345;
}
