/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nop_if_null and tail calls: the caller returns. */
/* { dg-do run } */
/* { dg-skip-if "NULL calls fault without the plugin" { *-*-* } { "-DTEST_NO_PLUGIN" } } */
/* { dg-final { direct-in tail_void tail_int tail_wide } } */
#include "check.h"

static int calls;

NOIPA static void count(int x)
{
	calls += x;
}

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static __int128 wide(int x)
{
	return x;
}

void (*key_void)(int) STATIC_CALL_KEY_NOP_IF_NULL;
int (*key_int)(int) STATIC_CALL_KEY_NOP_IF_NULL;
__int128 (*key_wide)(int) STATIC_CALL_KEY_NOP_IF_NULL;

NOIPA void tail_void(int x)
{
	key_void(x);
}

NOIPA int tail_int(int x)
{
	return key_int(x * 3);
}

NOIPA __int128 tail_wide(int x)
{
	return key_wide(x);
}

int main(void)
{
	int round;

	for (round = 0; round < 3; round++) {
		calls = 0;
		tail_void(5);
		CHECK(calls == 0);
		CHECK(tail_int(5) == 0);
		CHECK(tail_wide(5) == 0);
		CHECK(static_call_key_verify() == 0);

		key_void = count;
		key_int = one;
		key_wide = wide;
		CHECK_TAIL(&key_void, count);
		CHECK_TAIL(&key_int, one);
		CHECK_TAIL(&key_wide, wide);
		tail_void(5);
		CHECK(calls == 5);
		CHECK(tail_int(5) == 16);
		CHECK(tail_wide(5) == 5);

		CHECK(static_call_key_update(&key_void, NULL) == 0);
		CHECK(static_call_key_update(&key_int, NULL) == 0);
		CHECK(static_call_key_update(&key_wide, NULL) == 0);
	}
	return 0;
}
