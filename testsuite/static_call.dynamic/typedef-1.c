/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tags of typedefs, wherever the pointer comes from. For programs.exp, which compares what
 * static_call-check says of the program with and without -flto.
 */
#include <static_call_dynamic.h>
#include <stdio.h>

#define NOIPA __attribute__((noipa))

typedef int (*fn)(int) STATIC_CALL_DYNAMIC;
typedef int (*other_fn)(int) STATIC_CALL_DYNAMIC_AS("others");
typedef int (*never_fn)(int) STATIC_CALL_NEVER;
typedef fn again;

struct ops {
	fn member;
	again table[2];
	never_fn never;
	int (*plain)(int);
};

static int one(int x) { return x + 1; }
static int two(int x) { return x + 2; }

fn variable = one;
other_fn array[2] = { one, two };
NOIPA static fn find(int x) { return x & 1 ? one : two; }

NOIPA static int by_variable(int x) { return variable(x) + 1; }
NOIPA static int by_array(int x) { return array[x & 1](x) + 1; }
NOIPA static int by_member(const struct ops *p, int x) { return p->member(x) + 1; }
NOIPA static int by_table(const struct ops *p, int x) { return p->table[x & 1](x) + 1; }
NOIPA static int by_parameter(again f, int x) { return f(x) + 1; }
NOIPA static int by_pointer(other_fn *f, int x) { return f[x & 1](x) + 1; }
NOIPA static int by_result(int x) { return find(x)(x) + 1; }
NOIPA static int by_cast(void *f, int x) { return ((fn)f)(x) + 1; }
NOIPA static int by_copy(const struct ops *p, int x)
{
	int (*f)(int) = p->member;

	return f ? f(x) + 1 : 0;
}
NOIPA static int not_at_all(const struct ops *p, never_fn f, never_fn *g, int x)
{
	return f(x) + g[0](x) + p->never(x) + 1;
}
/* The function's tag is for all its calls. */
NOIPA STATIC_CALL_NEVER static int not_at_all_either(const struct ops *p, again f, other_fn *g, int x)
{
	return variable(x) + array[x & 1](x) + p->member(x) + f(x) + g[x & 1](x) + find(x)(x);
}
NOIPA static int by_nothing(const struct ops *p, int x) { return p->plain(x) + 1; }

int main(int argc, char **argv)
{
	const struct ops ops = { one, { two, one }, two, one };
	never_fn never = two;
	int i, sum = 0;

	(void)argv;
	variable = argc > 1 ? two : one;
	for (i = 0; i < 1000; i++)
		sum += by_variable(i) + by_array(i) + by_member(&ops, i) + by_table(&ops, i) +
		       by_parameter(two, i) + by_pointer(array, i) + by_result(i) +
		       by_cast((void *)one, i) + by_copy(&ops, i) +
		       not_at_all(&ops, one, &never, i) +
		       not_at_all_either(&ops, one, array, i) + by_nothing(&ops, i);
	printf("%d\n", sum);
	return 0;
}
