/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <static_call.h>

extern int (*failed)(void) STATIC_CALL_KEY;

int work(void)
{
	failed = 0; /* with stores=error */
	return failed();
}
