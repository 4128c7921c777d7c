/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key, and offers to it and to that of the other unit. */
#include "check.h"
#include "select-1.h"

int (*other)(int) STATIC_CALL_KEY = generic;

NOIPA int other_best(int x)
{
	return x + 7;
}

NOIPA static int worse(int x)
{
	return x + 8;
}

STATIC_CALL_KEY_OFFER(other, other_best, NULL, 2);
STATIC_CALL_KEY_OFFER(other, worse, NULL, 1);
STATIC_CALL_KEY_OFFER(key, worse, NULL, 2147483646);

NOIPA int other_work(int x)
{
	return other(x);
}
