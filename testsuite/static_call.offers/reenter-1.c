/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A predicate may call what it likes: no lock is held. */
/* { dg-do run } */
#include "check.h"
#include <setjmp.h>

NOIPA static int generic(int x)
{
	return x + 1;
}

NOIPA static int best(int x)
{
	return x + 2;
}

int (*key)(int) STATIC_CALL_KEY = generic;
int (*other)(int) STATIC_CALL_KEY = generic;
static int asked, jump;
static jmp_buf back;

NOIPA int work(int x)
{
	return key(x) + 10 * other(x);
}

static int count(const struct static_call_key_info *info, void *data)
{
	(void)info;
	++*(int *)data;
	return 0;
}

static int can(void)
{
	struct static_call_key_info info;
	int keys = 0;

	asked++;
	if (jump)
		longjmp(back, 1);
	CHECK(static_call_key_query(&other, &info) == 0 && info.sites);
	CHECK(static_call_key_update(&other, best) == 0);
	CHECK(work(0) == 21 || work(0) == 22);
	CHECK(static_call_key_for_each(count, &keys) == 0 && keys == 2);
	CHECK(static_call_key_verify() == 0);
	return 1;
}

STATIC_CALL_KEY_OFFER(key, best, can, 0);

int main(void)
{
	if (!CHECK_PATCHED)
		return 0;
	CHECK(asked == 1);
	CHECK_KEY(&key, best);
	CHECK_KEY(&other, best);
	jump = 1;
	if (!setjmp(back)) {
		static_call_key_select(&key);
		CHECK(0);
	}
	jump = 0;
	CHECK(static_call_key_update(&key, generic) == 0);
	CHECK(static_call_key_select(&key) == 0);
	CHECK(asked == 3 && work(0) == 22);
	return 0;
}
