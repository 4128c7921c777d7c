/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is offered to a key is seen from the best offer down, absent functions not; or what is
 * offered to any key, in the order of their addresses. The callback may select, and ends it.
 */
/* { dg-do run } */
#include "check.h"

NOIPA static int generic(int x)
{
	return x + 1;
}

NOIPA static int low(int x)
{
	return x + 2;
}

NOIPA static int high(int x)
{
	return x + 3;
}

static int no(void)
{
	return 0;
}

int (*keys[3])(int) STATIC_CALL_KEY = { generic, generic, generic };
NOIPA int absent(int x) __attribute__((weak));

STATIC_CALL_KEY_OFFER(keys[2], low, 0, -5);
STATIC_CALL_KEY_OFFER(keys[2], high, no, 7);
STATIC_CALL_KEY_OFFER(keys[2], absent, 0, 8);
STATIC_CALL_KEY_OFFER(keys[2], generic, 0, -6);
STATIC_CALL_KEY_OFFER(keys[0], high, 0, 1);

NOIPA int work(int x)
{
	return keys[0](x) + keys[1](x) + keys[2](x);
}

static const struct static_call_key_offer_info expected[] = {
	{ &keys[0], "keys[0]", "high", (static_call_key_fn)high, NULL, 1 },
	{ &keys[2], "keys[2]", "high", (static_call_key_fn)high, no, 7 },
	{ &keys[2], "keys[2]", "low", (static_call_key_fn)low, NULL, -5 },
	{ &keys[2], "keys[2]", "generic", (static_call_key_fn)generic, NULL, -6 },
};

struct seen {
	unsigned int next, stop;
};

static int see(const struct static_call_key_offer_info *info, void *data)
{
	struct seen *seen = (struct seen *)data;
	const struct static_call_key_offer_info *e = &expected[seen->next++];

	CHECK(info->key == e->key && info->fn == e->fn && info->predicate == e->predicate);
	CHECK(info->priority == e->priority);
	CHECK(!strcmp(info->key_name, e->key_name) && !strcmp(info->name, e->name));
	CHECK(static_call_key_select(&keys[2]) == 0);
	return seen->next == seen->stop ? 5 : 0;
}

static int seen(const void *key, unsigned int first, unsigned int last, unsigned int stop)
{
	struct seen s = { first, stop };
	int ret = static_call_key_for_each_offer(key, see, &s);

	CHECK(s.next == last);
	return ret;
}

int main(void)
{
	if (!CHECK_PATCHED) {
		CHECK(seen(NULL, 0, 0, 9) == 0 && seen(&keys[2], 0, 0, 9) == -2);
		return 0;
	}
	CHECK(seen(NULL, 0, 4, 9) == 0);
	CHECK(seen(NULL, 0, 2, 2) == 5);
	CHECK(seen(&keys[0], 0, 1, 9) == 0);
	CHECK(seen(&keys[2], 1, 4, 9) == 0);
	CHECK(seen(&keys[2], 1, 3, 3) == 5);
	CHECK(seen(&keys[1], 0, 0, 9) == -2);
	CHECK(work(0) == 3 + 1 + 2);
	return 0;
}
