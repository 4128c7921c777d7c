/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A pointer that moves between computed gotos: the values that it has stay in one place, so
 * the one before may not be tested in the place of the one that is stored through.
 */
/* { dg-do compile } */
/* { dg-options "-O2" } */
#include <static_call.h>

extern int (*key)(int) STATIC_CALL_KEY;

void run(const unsigned char *code, void **p, void *v)
{
	static const void *const ways[] = { &&push, &&pop, &&end };

	goto *ways[*code++];
push:
	p++;
	*p = v;
	goto *ways[*code++];
pop:
	p -= 2;
	p[1] = v;
	p[0] = 0;
	goto *ways[*code++];
end:
	*p = v;
}
