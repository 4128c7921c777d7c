// SPDX-License-Identifier: GPL-2.0-or-later
// A C library's header that includes static_call.h is often included like this.
extern "C" {
#include <static_call.h>
extern int (*hook)(int) STATIC_CALL_KEY;
int twice(int x);
}

int change()
{
	return static_call_key_update(&hook, twice);
}
