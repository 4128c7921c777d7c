/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys that may be NULL: guarded while they are, or while they hold one function, or both. */
/* { dg-do run } */
/* { dg-skip-if "needs the plugin" { *-*-* } { "-DTEST_NO_PLUGIN" } } */
#include "guard.h"

static int calls;

static void count(int x)
{
	calls += x;
}

static int twice(int x)
{
	return x * 2;
}

void (*hook)(int) STATIC_CALL_KEY_NOP_IF_NULL;
int (*value)(int) STATIC_CALL_KEY_NOP_IF_NULL = twice;
void (*both)(int) STATIC_CALL_KEY_NOP_IF_NULL STATIC_CALL_KEY_INLINE(count, NULL);

NOIPA void work(int *p)
{
	hook(p[0] * p[1]);
	both(p[0]);
}

NOIPA int work_value(int x)
{
	return value(x) + 1;
}

int main(void)
{
	int two[] = { 2, 3 }, i;

	hook = NULL;
	both = NULL;
	for (i = 0; i < 3; i++) {
		calls = 0;
		work(two);
		CHECK(calls == 0);
		CHECK(static_call_key_update(&hook, count) == 0);
		CHECK_GUARDED(&hook);
		work(two);
		CHECK(calls == 6);
		both = count;
		work(two);
		CHECK(calls == 14);
		CHECK(work_value(4) == 9);
		CHECK(static_call_key_update(&value, NULL) == 0);
		CHECK_GUARDED(&value);
		CHECK(work_value(4) == 1);
		CHECK(static_call_key_update(&both, NULL) == 0);
		hook = NULL;
		CHECK_GUARDED(&both);
		value = twice;
	}
	return 0;
}
