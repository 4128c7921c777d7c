/* SPDX-License-Identifier: GPL-2.0-or-later */
/* static_call_key_update refuses what is no key, and changes nothing. */
/* { dg-do run } */
/* { dg-additional-options "-Wno-attributes" } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY = one;
static char bytes[32] __attribute__((aligned(8))) = "unchanged bytes of some memory";

NOIPA int work(int x)
{
	return key(x) + 100;
}

int main(void)
{
	char before[sizeof(bytes)];

	memcpy(before, bytes, sizeof(bytes));
	CHECK(static_call_key_set(NULL, (static_call_key_fn)one) == -22);
	CHECK(static_call_key_set(bytes + 3, (static_call_key_fn)one) == -22);
	CHECK(!memcmp(before, bytes, sizeof(bytes)));
	CHECK_KEY(&key, one);
	CHECK(work(5) == 106);
	return 0;
}
