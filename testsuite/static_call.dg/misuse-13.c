/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A label. */
/* { dg-do compile } */
#include <static_call.h>

void g(void);

void work(int n)
{
again: STATIC_CALL_KEY; /* { dg-error "neither a variable nor a member" } */
	g();
	if (n--)
		goto again;
}
