/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Offers, and no call of a key. */
#include "check.h"
#include "select-2.h"

NOIPA int slow(int x)
{
	return x + 2;
}

NOIPA int fast(int x)
{
	return x + 3;
}

static int have_slow(void)
{
	return can_slow;
}

static int have_fast(void)
{
	return can_fast;
}

STATIC_CALL_KEY_OFFER(key, fast, have_fast, 20);
STATIC_CALL_KEY_OFFER(key, slow, have_slow, 10);
STATIC_CALL_KEY_OFFER(second, slow, have_slow, 10);
STATIC_CALL_KEY_OFFER(second, fast, have_fast, 20);
