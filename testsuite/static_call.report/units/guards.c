/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls that get a guard, and calls that do not. */
#include <static_call.h>

#define TEN(x)     x x x x x x x x x x

extern volatile int state;

static int add(int x)
{
	return x + 1;
}

static int large(int x)
{
	TEN(state += x; x = x * 3 + state;)
	return x;
}

int (*key)(int) STATIC_CALL_KEY = add;
int (*large_key)(int) STATIC_CALL_KEY = large;
extern int (*elsewhere)(int) STATIC_CALL_KEY;

static inline __attribute__((always_inline)) int both(int x)
{
	return key(x);
}

int work(int x)
{
	return key(x) + both(x) * both(x + 1) + large_key(x) + elsewhere(x);
}

__attribute__((cold)) int cold(int x)
{
	return key(x);
}
