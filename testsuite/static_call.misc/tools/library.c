/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A library for work.c. */
#include <static_call.h>

extern int (*key)(int) STATIC_CALL_KEY;

int library_loop(void)
{
	int i, sum = 0;

	for (i = 0; i < 1000; i++)
		sum += key(i & 1);
	return sum;
}
