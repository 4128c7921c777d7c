/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a pointer with a clobber set must not be given, wherever types show it. */
/* { dg-do compile } */
#include <static_call.h>

typedef int quiet_fn(int) STATIC_CALL_KEY_CLOBBERS("rax");

int plain(int); /* { dg-message "declared here" } */
quiet_fn fine;
int finer(int) STATIC_CALL_KEY_CLOBBERS("rax");
int wider(int) STATIC_CALL_KEY_CLOBBERS("rax", "rcx");

struct ops {
	long other;
	quiet_fn *fn[2];
} ops STATIC_CALL_KEY;
quiet_fn *key STATIC_CALL_KEY;
int (*wide_key)(int) STATIC_CALL_KEY_CLOBBERS("rax", "rcx") STATIC_CALL_KEY;

void assigned(int (*p)(int), quiet_fn *q)
{
	key = plain; /* { dg-error ".plain. may change .rdx." } */
	key = wider; /* { dg-error ".wider. may change .rcx." } */
	key = (quiet_fn *)plain; /* { dg-error ".plain. may change .rdx." } */
	key = p; /* { dg-error "a function that this value points to may change .rdx." } */
	ops.fn[1] = p; /* { dg-error "may change .rdx." } */
	key = fine;
	key = finer;
	key = q;
	key = 0;
	wide_key = wider;
	wide_key = fine;
	wide_key = q;
	p = key;
	p = plain;
}

void updated(int (*p)(int), quiet_fn *q, void *v)
{
	static_call_key_update(&key, plain); /* { dg-error ".plain. may change .rdx." } */
	static_call_key_update(&ops.fn[1], wider); /* { dg-error ".wider. may change .rcx." } */
	static_call_key_update(&key, p); /* { dg-error "may change .rdx." } */
	static_call_key_update(&key, q);
	static_call_key_update(&ops.fn[0], fine);
	static_call_key_update(&key, (quiet_fn *)v);
}

void takes(quiet_fn *);
quiet_fn *returns(int (*p)(int), int x)
{
	takes(plain); /* { dg-error ".plain. may change .rdx." } */
	takes(fine);
	if (x)
		return fine;
	return p; /* { dg-error "may change .rdx." } */
}

quiet_fn *chosen(int x)
{
	quiet_fn *c = x ? fine : 0;

	return c;
}

int called(int (*p)(int))
{
	return ((quiet_fn *)p)(3); /* { dg-error "may change .rdx." } */
}

/* What comes from elsewhere is for the runtime to judge. */
void untyped(void *v, unsigned long u)
{
	key = (quiet_fn *)v;
	key = (quiet_fn *)u;
}
