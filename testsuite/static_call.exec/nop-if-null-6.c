/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys of several types in one place, and calls through casts: each returns what its type has. */
/* { dg-do run } */
/* { dg-skip-if "NULL calls fault without the plugin" { *-*-* } { "-DTEST_NO_PLUGIN" } } */
#include "check.h"

NOIPA static long one(long x)
{
	return x + 1;
}

union both {
	void (*nothing)(long);
	long (*number)(long);
	__int128 (*wide)(long);
};

struct two_names {
	union {
		void (*nothing)(long) STATIC_CALL_KEY_NOP_IF_NULL;
		long (*number)(long) STATIC_CALL_KEY_NOP_IF_NULL;
	};
};

union both both STATIC_CALL_KEY_NOP_IF_NULL;
struct two_names names;
void (*hook)(long) STATIC_CALL_KEY_NOP_IF_NULL;

NOIPA long work_union(long x)
{
	both.nothing(x);
	return both.number(x) + 1000;
}

NOIPA __int128 work_wide(long x)
{
	return both.wide(x) + 1000;
}

NOIPA long work_names(long x)
{
	names.nothing(x);
	return names.number(x) + 1000;
}

NOIPA long work_cast(long x)
{
	hook(x);
	return ((long (*)(long))(void (*)(void))hook)(x) + 1000;
}

static void check_null(void)
{
	long x = 0x123456789abc;

	CHECK(work_union(x) == 1000);
	CHECK(work_wide(x) == 1000);
	CHECK(work_names(x) == 1000);
	CHECK(work_cast(x) == 1000);
	CHECK(static_call_key_verify() == 0);
}

int main(void)
{
	check_null();
	both.number = one;
	names.number = one;
	hook = (void (*)(long))(void (*)(void))one;
	CHECK_SITES(&both, one, 3);
	CHECK_SITES(&names, one, 2);
	CHECK_SITES(&hook, one, 2);
	CHECK(work_union(5) == 1006);
	CHECK(work_names(5) == 1006);
	CHECK(work_cast(5) == 1006);
	CHECK(static_call_key_update(&both.number, NULL) == 0);
	CHECK(static_call_key_update(&names.nothing, NULL) == 0);
	CHECK(static_call_key_update(&hook, NULL) == 0);
	check_null();
	return 0;
}
