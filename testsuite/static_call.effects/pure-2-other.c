/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The other unit of pure-2.c. */
#include <static_call.h>

static long add(long x)
{
	return x + 1;
}

long (*key)(long) STATIC_CALL_KEY_PURE = add;
long (*ordinary)(long) STATIC_CALL_KEY = add;

long call_key(long x);
long call_ordinary(long x);

long call_key(long x)
{
	return key(x);
}

long call_ordinary(long x)
{
	return ordinary(x);
}
