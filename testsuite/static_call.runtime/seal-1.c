/* SPDX-License-Identifier: GPL-2.0-or-later */
/* No update of a sealed key any more, alone or with others; its neighbours are free. */
/* { dg-do run } */
#include "check.h"
#include <errno.h>

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*table[3])(int) STATIC_CALL_KEY = { one, one, one };

NOIPA int work(int i, int x)
{
	switch (i) {
	case 0:
		return table[0](x) + 100;
	case 1:
		return table[1](x) + 200;
	default:
		return table[2](x) + 300;
	}
}

#define CHANGE(i, fn) { &table[i], (static_call_key_fn)(fn) }

int main(void)
{
	struct static_call_key_change many[] = { CHANGE(0, two), CHANGE(1, two), CHANGE(2, two) };
	struct static_call_key_change others[] = { CHANGE(0, two), CHANGE(2, two) };
	struct static_call_key_info info;

	CHECK(static_call_key_seal(NULL) == -EINVAL);
	CHECK(static_call_key_seal((char *)&table[1] + 1) == -EINVAL);
	CHECK(static_call_key_update(&table[1], two) == 0);
	CHECK(static_call_key_query(&table[1], &info) == 0);
	CHECK(!(info.flags & STATIC_CALL_KEY_INFO_SEALED));
	CHECK(static_call_key_seal(&table[1]) == 0);
	CHECK(static_call_key_seal(&table[1]) == 0);
	CHECK(static_call_key_query(&table[1], &info) == 0);
	CHECK(info.flags == STATIC_CALL_KEY_INFO_SEALED);

	CHECK(static_call_key_update(&table[1], one) == -EPERM);
	CHECK(static_call_key_update(&table[1], two) == -EPERM);
	CHECK(static_call_key_update_many(many, 3) == -EPERM);
	CHECK_KEY(&table[0], one);
	CHECK_KEY(&table[1], two);
	CHECK_KEY(&table[2], one);
	CHECK(work(0, 5) == 106 && work(1, 5) == 210 && work(2, 5) == 306);

	CHECK(static_call_key_update_many(others, 2) == 0);
	CHECK_KEY(&table[0], two);
	CHECK_KEY(&table[1], two);
	CHECK_KEY(&table[2], two);
	CHECK(static_call_key_query(&table[0], &info) == 0 && info.flags == 0);
	table[2] = one;
	CHECK_KEY(&table[2], one);
	CHECK(work(0, 5) == 110 && work(1, 5) == 210 && work(2, 5) == 306);
	CHECK(strstr(static_call_key_strerror(-EPERM), "sealed") != NULL);
	return 0;
}
