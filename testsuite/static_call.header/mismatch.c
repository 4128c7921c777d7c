/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Must not compile: the function has another type than the key. */
#include <static_call.h>

extern int (*key)(int);
int other(double x);
int update(void);

int update(void)
{
	return static_call_key_update(&key, other);
}
