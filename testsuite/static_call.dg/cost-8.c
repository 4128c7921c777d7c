/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function that calls nothing saves no register for a resync that it hardly ever makes. */
/* { dg-do assemble } */
/* { dg-options "-O2" } */
/* { dg-skip-if "saves what it has" { *-*-* } { "-m32" } } */
/* { dg-final { scan-function-not push {\tpush|\tsub +\$[x0-9a-f]+,%rsp} } } */
/* { dg-final { scan-function-not copy {\tpush|\tsub +\$[x0-9a-f]+,%rsp} } } */
/* { dg-final { scan-relocations {R_X86_64_PLT32 +.*static_call_key_stored} } } */
#include <static_call.h>

extern int (*key)(int) STATIC_CALL_KEY;

struct stack {
	void **top;
	int n;
};

void push(struct stack *s, void *p)
{
	*s->top++ = p;
	s->n++;
}

void copy(void **to, void *const *from, int n)
{
	int i;

	for (i = 0; i < n; i++)
		to[i] = from[i];
}

int work(int x)
{
	return key(x);
}
