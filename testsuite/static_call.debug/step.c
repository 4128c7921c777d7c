/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The program that debug.exp runs under gdb. KEY_KIND is the tag of the key. With
 * TAIL the site is a tail call (at -O2), with START_NULL the key starts as NULL.
 * debug.exp finds its lines by the comments at their ends.
 */
#include <static_call.h>

#define NOIPA __attribute__((noipa))

#ifndef KEY_KIND
#define KEY_KIND STATIC_CALL_KEY
#endif

NOIPA int target(int x)
{
	return x + 1; /* line: target */
}

NOIPA int other(int x)
{
	return x + 2;
}

#ifdef START_NULL
int (*key)(int) KEY_KIND;
#else
int (*key)(int) KEY_KIND = target;
#endif

NOIPA int work(int x)
{
	int y = x * 2;

#ifdef TAIL
	return key(y); /* line: call */
#else
	y += key(y); /* line: call */
	return y + 3; /* line: after */
#endif
}

NOIPA int updated(int err)
{
	return err;
}

int main(void)
{
	volatile int result = work(3); /* line: main */

#ifdef UPDATE
	result += updated(static_call_key_update(&key, other));
	result += work(3);
#endif
	return result;
}
