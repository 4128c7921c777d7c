/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For log.exp: it stores to a sealed key, which ends it. */
#include <static_call.h>

static int one(int x) { return x + 1; }
static int two(int x) { return x + 2; }
int (*key)(int) STATIC_CALL_KEY = one;

int main(void)
{
	volatile int x = key(1);

	if (static_call_key_seal(&key))
		return x;
	key = two;
	return 0;
}
