/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"

extern int (*key)(int) STATIC_CALL_KEY;
__attribute__((visibility("hidden"))) int (*unused_key)(int) STATIC_CALL_KEY;
__attribute__((visibility("hidden"))) int unused(int x);

int unused(int x)
{
	return key(x) + unused_key(x);
}
