/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A local register variable. */
/* { dg-do compile } */
#include <static_call.h>

int one(int x);

int work(int x)
{
	register int (*local)(int) STATIC_CALL_KEY = one; /* { dg-error "(register|local) variable .local." } */

	return local(x);
}
