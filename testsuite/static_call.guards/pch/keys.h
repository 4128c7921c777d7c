/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A precompiled header with a key and what it names. */
#include <static_call.h>

static int add(int x)
{
	return x + 40;
}

extern int (*key)(int) STATIC_CALL_KEY_INLINE(add);
