/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stores that cannot install a function, or that go where no key can be, have no resync. */
/* { dg-do compile } */
/* { dg-options "-O2 -msse2" } */
/* { dg-final { scan-assembler-not "static_call_key_stored" } } */
/* { dg-final { scan-assembler-not "static_call_key_range" } } */
#include <emmintrin.h>
#include <stdlib.h>
#include <string.h>
#include <static_call.h>

struct ops {
	int (*call)(int);
	long number;
};

extern struct ops ops STATIC_CALL_KEY;

struct node {
	struct node *next;
	char text[24];
	void (*done)(struct node *);
};

void part(void *to, const void *from)
{
	memcpy(to, from, 4);
}

void rows(void *to, const unsigned int *from, long stride)
{
	int i;

	for (i = 0; i < 16; i++)
		memcpy((char *)to + i * stride, &from[i], 4);
}

void characters(char *to, const char *from, size_t n)
{
	memcpy(to, from, n);
}

void vectors(unsigned char *to, const unsigned char *from)
{
	_mm_storeu_si128((__m128i *)to, _mm_loadu_si128((const __m128i *)from));
}

/* Memory of its own, be it that types speak of keys. */
struct ops *made(int (*f)(int))
{
	struct ops *o = (struct ops *)malloc(sizeof(*o));

	if (o) {
		memset(o, 0, sizeof(*o));
		o->call = f;
	}
	return o;
}

int local(int (*f)(int))
{
	struct ops o[4];

	memset(o, 0, sizeof(o));
	o[2].call = f;
	return o[2].call(1);
}

static void fill(void *p, size_t n)
{
	memset(p, 0, n);
}

void *inlined(size_t n)
{
	void *p = malloc(n);

	if (p)
		fill(p, n);
	return p;
}

/* A member that is no key, and a struct without any. */
void other(struct ops *o, struct node *n, struct node *next)
{
	o->number = 3;
	n->next = next;
	n->text[3] = 'a';
}

void number(void)
{
	ops.number = 3;
}
