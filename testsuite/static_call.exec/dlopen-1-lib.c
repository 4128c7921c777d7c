/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"

extern int (*key)(int) STATIC_CALL_KEY;

NOIPA static int seven(void)
{
	return 7;
}

static int (*own)(void) STATIC_CALL_KEY = seven;

NOIPA int library_work(int x)
{
	return key(x) + 100 * own();
}

void library_check(void)
{
	CHECK_KEY(&own, seven);
}
