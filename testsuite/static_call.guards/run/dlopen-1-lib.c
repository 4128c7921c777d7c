/* SPDX-License-Identifier: GPL-2.0-or-later */
/* See dlopen-1.c. */
#include <static_call.h>

#include "dlopen-1.h"

static int own(int x)
{
	return x + 100;
}

extern int (*key)(int) STATIC_CALL_KEY_INLINE(own);

int library_work(int x)
{
	return key(x) * 10 + 1;
}

int (*library_own(void))(int)
{
	return own;
}
