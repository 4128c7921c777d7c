/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function of the program's own is not the header's, whatever its name is. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

typedef void (*fn_t)(void);

int (*key)(int) __attribute__((static_call_key));
int (*pointer)(int);

static int static_call_key_set(void *where, fn_t fn)
{
	*(fn_t *)where = fn;
	return 0;
}

void work(fn_t fn)
{
	static_call_key_set(&pointer, fn); /* { dg-bogus "call site" } */
}
