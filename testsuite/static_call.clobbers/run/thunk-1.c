/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Thunks around ordinary functions, of this unit and of others, static and not. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "../clobbers.h"

static NOIPA long loud(long a, int b)
{
	trash();
	return (long)((unsigned long)a * 10) + b;
}
STATIC_CALL_KEY_THUNK(quiet, loud, "rax");

static NOIPA void nothing(void)
{
	trash();
}
STATIC_CALL_KEY_THUNK(quiet_nothing, nothing, "r11");

STATIC_CALL_KEY_THUNK(quiet_length, strlen, "rax", "rcx");

struct large { long a[3]; };
static NOIPA struct large many(int a, int b, int c, int d, int e, int f, int g, struct large l)
{
	struct large r = { { a + b + c + d, e + f + g, l.a[0] + l.a[2] } };

	trash();
	return r;
}
STATIC_CALL_KEY_THUNK(quiet_many, many, "rax");

static inline int small(int x)
{
	return x ^ 1;
}
STATIC_CALL_KEY_THUNK(quiet_small, small, "rax");

long (*key)(long, int) STATIC_CALL_KEY_CLOBBERS("rax") STATIC_CALL_KEY = quiet;
void (*hook)(void) STATIC_CALL_KEY_CLOBBERS("r11") STATIC_CALL_KEY = quiet_nothing;
size_t (*length)(const char *) STATIC_CALL_KEY_CLOBBERS("rax", "rcx") STATIC_CALL_KEY = quiet_length;
struct large (*big)(int, int, int, int, int, int, int, struct large) STATIC_CALL_KEY_CLOBBERS("rax")
	STATIC_CALL_KEY = quiet_many;
int (*little)(int) STATIC_CALL_KEY_CLOBBERS("rax") STATIC_CALL_KEY = quiet_small;

int main(void)
{
	struct large l = { { 100, 0, 1 } };

	CHECK(key(4, 2) == 42);
	CHECK_KEY(&key, quiet);
	hook();
	CHECK_KEY(&hook, quiet_nothing);
	CHECK(length("four") == 4);
	l = big(1, 2, 3, 4, 5, 6, 7, l);
	CHECK(l.a[0] == 10 && l.a[1] == 18 && l.a[2] == 101);
	CHECK(little(8) == 9);
	CHECK_PRESERVED(quiet, 1 << RAX, 0);
	CHECK_PRESERVED(quiet_nothing, 1 << R11, 0);
	CHECK_PRESERVED(quiet_small, 1 << RAX, 0);
	return 0;
}
