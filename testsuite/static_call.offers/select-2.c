/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * static_call_key_select() selects anew, over what the program has put there; nothing that
 * can be had changes nothing; sealed keys stay. A unit may hold nothing but offers.
 */
/* { dg-do run } */
/* { dg-additional-sources "select-2-offers.c" } */
#include "check.h"
#include <errno.h>
#include "select-2.h"

NOIPA int generic(int x)
{
	return x + 1;
}

NOIPA static int mine(int x)
{
	return x + 9;
}

int (*key)(int) STATIC_CALL_KEY = generic;
int (*second)(int) STATIC_CALL_KEY = generic;
int (*plain)(int) STATIC_CALL_KEY = generic;
int can_fast = 1, can_slow = 1;

NOIPA int work(int x)
{
	return key(x) + 10 * second(x) + 100 * plain(x);
}

int main(void)
{
	struct static_call_key_change same[] = { { &plain, (static_call_key_fn)mine } };

	if (!CHECK_PATCHED) {
		CHECK(work(0) == 111);
		return 0;
	}
	CHECK(work(0) == 133);
	can_fast = 0;
	CHECK(work(0) == 133);
	CHECK(static_call_key_select(&key) == 0);
	CHECK(work(0) == 132);
	can_slow = 0;
	CHECK(static_call_key_select(NULL) == 0);
	CHECK(work(0) == 132);
	can_fast = 1;
	CHECK(static_call_key_select(NULL) == 0);
	CHECK(work(0) == 133);

	CHECK(static_call_key_update(&key, mine) == 0);
	CHECK_KEY(&key, mine);
	second = mine;
	CHECK_KEY(&second, mine);
	CHECK(static_call_key_select(&key) == 0);
	CHECK_KEY(&key, fast);
	CHECK(static_call_key_select(NULL) == 0);
	CHECK_KEY(&second, fast);

	CHECK(static_call_key_select(&plain) == -ENOENT);
	CHECK(static_call_key_select((char *)&key + 1) == -EINVAL);
	CHECK(static_call_key_update_many(same, 1) == 0 && plain == mine);

	CHECK(static_call_key_seal(&key) == 0);
	CHECK(static_call_key_select(&key) == 0);
	can_fast = 0;
	can_slow = 1;
	CHECK(static_call_key_select(&key) == -EPERM);
	CHECK(static_call_key_select(NULL) == 0);
	CHECK_KEY(&key, fast);
	CHECK_KEY(&second, slow);
	CHECK(work(0) == 923);
	return 0;
}
