/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two keys, of which one names what it most likely holds. */
#include <static_call.h>

static int add(int x)
{
	return x + 1;
}

int (*automatic)(int) STATIC_CALL_KEY = add;
int (*named)(int) STATIC_CALL_KEY_INLINE(add) = add;

int work(int x)
{
	return automatic(x) + named(x);
}
