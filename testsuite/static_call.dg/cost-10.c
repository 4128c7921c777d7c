/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A loop which changes the pointer that it stores through stays one loop, in the place of
 * code that runs. So do one whose pointer is in a register that has no address, and one
 * that would need more comparisons in front than are worth it, and those with a volatile access,
 * at which others may change the pointer.
 */
/* { dg-do assemble } */
/* { dg-options "-O2" } */
/* { dg-final { scan-function pushed {\tadd [^\n]*\n([^\n]*\tnop[^\n]*\n)*[^\n]*\tcmp [^\n]*\n[^\n]*\tjne } } } */
/* { dg-final { scan-function-not many {\tmov +%[^\n]*\n([^\n]*\tmov [^\n]*\n)+[^\n]*\tadd [^\n]*\n[^\n]*\tcmp [^\n]*\n[^\n]*\tjne } } } */
/* { dg-final { scan-function changing {\tmov +%[a-z0-9]+,\(%[a-z0-9]+\)\n[^\n]*\tcmp [^\n]*\n[^\n]*\tj[ab]} } } */
/* { dg-final { scan-function heard {\tmov +%[a-z0-9]+,\(%[a-z0-9]+\)\n[^\n]*\tcmp [^\n]*\n[^\n]*\tj[ab]} } } */
#include <static_call.h>

extern int (*key)(int) STATIC_CALL_KEY;

struct stack {
	void **top;
};

void pushed(struct stack *s, void **v, int n)
{
	int i;

	for (i = 0; i < n; i++)
		*s->top++ = v[i];
}

register void **reserved asm("r12");
register struct stack *current asm("r13");

void through(int n, void *v)
{
	int i;

	for (i = 0; i < n; i++)
		reserved[i] = v;
}

void through_member(int n, void *v)
{
	int i;

	for (i = 0; i < n; i++)
		current->top[i] = v;
}

struct many {
	void **a, **b, **c;
};

void many(struct many *m, void *v, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		m->a[i] = v;
		m->b[i] = v;
		m->c[i] = v;
	}
}

int work(int x)
{
	return key(x);
}

struct changing {
	void **volatile slots;
};

void changing(struct changing *s, void *v, int n)
{
	int i;

	for (i = 0; i < n; i++)
		s->slots[i] = v;
}

struct slots {
	void **slots;
};

void heard(struct slots *s, volatile int *listener, void *v, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		s->slots[i] = v;
		*listener;
	}
}
