/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One key under two names, one of them tagged nop_if_null: a call by that name is a no-op. */
/* { dg-do run } */
/* { dg-skip-if "NULL calls fault without the plugin" { *-*-* } { "-DTEST_NO_PLUGIN" } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

union both {
	int (*strict)(int) STATIC_CALL_KEY;
	int (*lenient)(int) STATIC_CALL_KEY_NOP_IF_NULL;
};

union both both = { one };

NOIPA int strict(int x)
{
	return both.strict(x) + 100;
}

NOIPA int lenient(int x)
{
	return both.lenient(x) + 100;
}

int main(void)
{
	CHECK_SITES(&both, one, 2);
	CHECK(lenient(5) == 106 && strict(5) == 106);
	both.strict = NULL;
	CHECK(static_call_key_verify() == 0);
	CHECK(lenient(0x12345678) == 100);
	both.lenient = one;
	CHECK_SITES(&both, one, 2);
	CHECK(lenient(5) == 106 && strict(5) == 106);
	return 0;
}
