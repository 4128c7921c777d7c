/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two libraries that differ in nothing but what their functions return; see dynamic.c. */
#include "dynamic.h"

__attribute__((visibility("default"))) NOIPA unsigned long lib_target(unsigned long x)
{
	return MARKED(TARGET_LIB + WHICH, x);
}

NOIPA static unsigned long lib_tail(fn f, unsigned long x)
{
	return f(x);
}

/* How many calls have reached something else than this target. */
__attribute__((visibility("default"))) unsigned long lib_wrong(fn f, int target, unsigned long n)
{
	unsigned long wrong = 0, x;

	for (x = 0; x < n; x++) {
		wrong += f(x) != MARKED(target, x);
		wrong += lib_tail(f, x) != MARKED(target, x);
	}
	return wrong;
}
