/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Callbacks of the iterators call the runtime, store to keys, iterate again, and jump out. */
/* { dg-do run } */
#include "check.h"
#include <setjmp.h>

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = one;
int (*other)(int) STATIC_CALL_KEY = one;
static jmp_buf out;

NOIPA int work(int x)
{
	return key(x) + key(x + 1) * 10 + other(x) * 100;
}

static int count_site(const struct static_call_key_site_info *info, void *data)
{
	(void)info;
	++*(int *)data;
	return 0;
}

static int change(const struct static_call_key_info *info, void *data)
{
	struct static_call_key_info again;
	int sites = 0;

	CHECK(static_call_key_set((void *)info->key, (static_call_key_fn)two) == 0);
	CHECK(static_call_key_query(info->key, &again) == 0);
	CHECK(again.target == (static_call_key_fn)two && again.patched == info->sites);
	CHECK(static_call_key_for_each_site(info->key, count_site, &sites) == 0);
	CHECK(sites == (int)info->sites);
	CHECK(static_call_key_verify() == 0);
	++*(int *)data;
	return 0;
}

static int jump(const struct static_call_key_info *info, void *data)
{
	(void)info;
	(void)data;
	longjmp(out, 1);
}

static int store(const struct static_call_key_site_info *info, void *data)
{
	(void)info;
	(void)data;
	key = one;
	CHECK(key(1) == 2);
	other = one;
	return 3;
}

int main(void)
{
	int keys = 0;

	CHECK(work(5) == 6 + 70 + 600);
	CHECK(static_call_key_for_each(change, &keys) == 0);
	CHECK(keys == 2 && work(5) == 10 + 120 + 1000);
	if (!setjmp(out)) {
		static_call_key_for_each(jump, NULL);
		CHECK(0);
	}
	CHECK(static_call_key_for_each_site(&key, store, NULL) == 3);
	CHECK_KEY(&key, one);
	CHECK_KEY(&other, one);
	CHECK(work(5) == 6 + 70 + 600);
	return 0;
}
