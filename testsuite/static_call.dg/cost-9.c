/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A loop that stores pointers of no type has no test where one in front of it can do: of a
 * pointer that it loads again each time, too, as what it stores might lie on it.
 */
/* { dg-do assemble } */
/* { dg-options "-O2 -fno-tree-vectorize -fno-tree-loop-distribute-patterns" } */
/* { dg-final { scan-function passed {\tmov +%([^j]|\n)*\tcmp ([^j]|\n)*\tjne } } } */
/* { dg-final { scan-function fixed {\tmov +%([^j]|\n)*\tcmp ([^j]|\n)*\tjne } } } */
/* { dg-final { scan-function counted {\tmov +%([^j]|\n)*\tcmp ([^j]|\n)*\tjne } } } */
/* { dg-final { scan-function down {\tmov +%([^j]|\n)*\t(cmp|sub|add) ([^j]|\n)*\tj(ne|ae) } } } */
/* { dg-final { scan-function chain {\tmov +%([^j]|\n)*\tcmp ([^j]|\n)*\tjne } } } */
/* { dg-final { scan-function two {\tmov +%([^j]|\n)*\tmov +%([^j]|\n)*\tcmp ([^j]|\n)*\tjne } } } */
/* { dg-final { scan-function either {\tmov +%[a-z0-9]+,\(%([^j]|\n)*\tj(ne|e|mp|ns) } } } */
/* { dg-final { scan-function-not passed {\tcall|\tpush} } } */
/* { dg-final { scan-function-not fixed {\tcall|\tpush} } } */
/* { dg-final { scan-function-not chain {\tcall} } } */
#include <static_call.h>

extern int (*key)(int) STATIC_CALL_KEY;

struct stack {
	void **slots, **more;
	char *from;
	struct stack *next;
};

void passed(void **p, int n, void *v)
{
	int i;

	for (i = 0; i < n; i++)
		p[i] = v;
}

void fixed(struct stack *s)
{
	int i;

	for (i = 0; i < 40; i++)
		s->slots[i] = s->from + i;
}

void counted(struct stack *s, int n)
{
	int i;

	for (i = 0; i < n; i++)
		s->slots[i] = s->from + i;
}

void down(struct stack *s, int n)
{
	int i;

	for (i = n - 1; i >= 0; i--)
		s->slots[i] = s->from;
}

void chain(struct stack *s, int n)
{
	int i;

	for (i = 0; i < n; i++)
		s->next->slots[i] = s->from;
}

void two(struct stack *s, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		s->slots[i] = s->from;
		s->more[i] = s->from;
	}
}

/* Once at least, and with two ways out. */
void again(struct stack *s, void **end)
{
	void **p = s->slots;

	do {
		*p = s->from;
		if (s->more == p)
			break;
	} while (++p < end);
}

/* The two tests have what follows from them in common. */
void either(struct stack *s, int n, void *v)
{
	int i;

	for (i = n; i >= 0; i--)
		s->slots[i] = i ? s->from : v;
}

int work(int x)
{
	return key(x);
}
