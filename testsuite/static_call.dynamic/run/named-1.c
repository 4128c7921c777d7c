/* SPDX-License-Identifier: GPL-2.0-or-later */
/* States that calls, tail calls and recursions share, one of them across inlined copies. */
/* { dg-do run } */
#include "dynamic.h"
#include <static_call_dynamic.h>

struct node {
	const struct node_ops *ops;
	struct node *next;
	long value;
};
struct node_ops {
	long (*sum)(struct node *) STATIC_CALL_DYNAMIC;
	long (*leave)(struct node *) STATIC_CALL_NEVER;
};
typedef long (*visitor)(struct node *, long) STATIC_CALL_DYNAMIC_AS("visitors");

static long leave(struct node *n) { return n->value; }
NOIPA static long sum_plain(struct node *n) { return n->value + (n->next ? n->next->ops->sum(n->next) : 0); }
NOIPA static long sum_double(struct node *n)
{
	if (!n->next)
		return 2 * n->value;
	n->next->value += 2 * n->value;
	return n->next->ops->sum(n->next);
}
static const struct node_ops plain = { sum_plain, leave }, twice = { sum_double, leave };

NOIPA static long add(struct node *n, long x) { return n->value + x; }
NOIPA static long subtract(struct node *n, long x) { return n->value - x; }
static inline long visit(visitor v, struct node *n, long x) { return v(n, x); }
NOIPA static long here(visitor v, struct node *n, long x) { return visit(v, n, x) + 1; }
NOIPA static long there(visitor v, struct node *n, long x) { return visit(v, n, x); }

int main(void)
{
	unsigned int i;

	for (i = 0; i < ROUNDS; i++) {
		unsigned int which = next_of(2, i);
		const struct node_ops *ops = which ? &twice : &plain;
		struct node c = { ops, NULL, 3 }, b = { ops, &c, 2 }, a = { &plain, &b, 1 };

		CHECK(a.ops->sum(&a) == (which ? 1 + 14 : 6));
		CHECK(a.ops->leave(&a) == 1);
		CHECK(here(which ? add : subtract, &a, i) == (which ? 1 + (long)i : 1 - (long)i) + 1);
		CHECK(there(which ? subtract : add, &a, i) == (which ? 1 - (long)i : 1 + (long)i));
	}
	return 0;
}
