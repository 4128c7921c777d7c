/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key that names three functions and NULL. */
#include <static_call.h>

int a(int x)
{
	return x + 1001;
}

int b(int x)
{
	return x - 2002;
}

int c(int x)
{
	return x ^ 3003;
}

int (*key)(int) STATIC_CALL_KEY_NOP_IF_NULL STATIC_CALL_KEY_INLINE(a, b, c, 0) = a;

int work(int x)
{
	return key(x);
}
