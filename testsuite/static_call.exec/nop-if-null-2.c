/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nop_if_null and __int128: both registers are zero. */
/* { dg-do run } */
/* { dg-skip-if "NULL calls fault without the plugin" { *-*-* } { "-DTEST_NO_PLUGIN" } } */
/* { dg-final { direct-in work } } */
#include "check.h"

NOIPA static __int128 large(__int128 x)
{
	return x + ((__int128)1 << 100);
}

__int128 (*key)(__int128) STATIC_CALL_KEY_NOP_IF_NULL;

NOIPA __int128 work(__int128 x)
{
	return key(x) + 7;
}

int main(void)
{
	__int128 x = ((__int128)0x123456789abcdef << 64) | 0xfedcba9876543210;

	CHECK(work(x) == 7);
	CHECK(static_call_key_update(&key, large) == 0);
	CHECK_KEY(&key, large);
	CHECK(work(x) == x + ((__int128)1 << 100) + 7);
	CHECK(static_call_key_update(&key, NULL) == 0);
	CHECK(work(x) == 7);
	CHECK(static_call_key_verify() == 0);
	return 0;
}
