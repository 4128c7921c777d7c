/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a predicate decides is decided: the branch that is not taken is only in the cold part. */
/* { dg-do assemble } */
/* { dg-final { scan-function-not work {\tcall} } } */
/* { dg-final { scan-function-not work {idiv} } } */
/* { dg-final { scan-function work.cold {\tcall} } } */
#include <static_call.h>

static _Bool no(void)
{
	return 0;
}

_Bool (*enabled)(void) STATIC_CALL_KEY = no;
extern int state;

int work(int x)
{
	if (enabled())
		return x / state;
	return x;
}
