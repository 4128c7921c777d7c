/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The iterators: all keys by address, all sites of a key, stopped by the callback. */
/* { dg-do run } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY = one;
int (*table[8])(int) STATIC_CALL_KEY = { one, one, one, one, one, one, one, one };

NOIPA int work(int x)
{
	return key(x) + key(x + 1) * key(x + 2) + table[7](x) + table[0](x) + table[3](x);
}

struct seen {
	const void *last;
	unsigned int keys, sites, stop;
};

static int see_key(const struct static_call_key_info *info, void *data)
{
	struct seen *seen = (struct seen *)data;

	CHECK((uintptr_t)info->key > (uintptr_t)seen->last);
	CHECK(info->target == (static_call_key_fn)one);
	CHECK(info->patched == info->sites && info->stale == 0);
	seen->last = info->key;
	seen->keys++;
	seen->sites += info->sites;
	CHECK(key(1) == 2);
	CHECK(static_call_key_strerror(-22) != NULL);
	return seen->keys == seen->stop ? 77 : 0;
}

static int see_site(const struct static_call_key_site_info *info, void *data)
{
	struct seen *seen = (struct seen *)data;

	CHECK(!strcmp(info->name, "key"));
	CHECK(info->site != seen->last);
	CHECK(info->destination == (void *)one);
	CHECK((info->flags & ~STATIC_CALL_KEY_SITE_INFO_TAIL) == 0);
	seen->last = info->site;
	seen->sites++;
	return seen->sites == seen->stop ? -5 : 0;
}

int main(void)
{
	struct seen seen = { NULL, 0, 0, 0 };

	CHECK(static_call_key_for_each(see_key, &seen) == 0);
	CHECK(seen.keys == 4 && seen.sites >= 6);
	seen = (struct seen){ NULL, 0, 0, 2 };
	CHECK(static_call_key_for_each(see_key, &seen) == 77);
	CHECK(seen.keys == 2);
	seen = (struct seen){ NULL, 0, 0, 0 };
	CHECK(static_call_key_for_each_site(&key, see_site, &seen) == 0);
	CHECK(seen.sites >= 3);
	seen = (struct seen){ NULL, 0, 0, 2 };
	CHECK(static_call_key_for_each_site(&key, see_site, &seen) == -5);
	CHECK(seen.sites == 2);
	CHECK(static_call_key_for_each_site(&table[1], see_site, &seen) == -2);
	CHECK(work(5) == 6 + 7 * 8 + 18);
	return 0;
}
