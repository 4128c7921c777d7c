/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A static key, also one that nothing in the unit writes: it is not folded to its first value. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

static int (*key)(int) STATIC_CALL_KEY = one;
static int (*unwritten)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x) + 100 * unwritten(x);
}

struct found {
	void *key;
};

/* As a tool or debugger would: nothing in this file passes the address of unwritten on. */
static int find(const struct static_call_key_info *info, void *data)
{
	struct found *found = (struct found *)data;

	if (info->name && !strcmp(info->name, "unwritten"))
		found->key = (void *)info->key;
	return 0;
}

int main(void)
{
	struct found found = { NULL };

	CHECK_KEY(&key, one);
	CHECK(work(5) == 606);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_KEY(&key, two);
	CHECK(work(5) == 610);
	CHECK(static_call_key_for_each(find, &found) == 0);
	if (CHECK_PATCHED) {
		CHECK(found.key != NULL);
		CHECK_KEY(found.key, one);
		CHECK(static_call_key_set(found.key, (static_call_key_fn)two) == 0);
		CHECK_KEY(found.key, two);
		CHECK(work(5) == 1010);
	}
	return 0;
}
