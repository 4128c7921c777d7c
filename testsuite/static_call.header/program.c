/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A program that uses every function of static_call.h, in the language that C11
 * and C++11 share. Built without the plugin and without the runtime.
 */
#include <static_call.h>
#include <stdlib.h>

#define CHECK(condition) do { if (!(condition)) abort(); } while (0)

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x * 2;
}

static int more(int x, ...)
{
	return x;
}

struct ops {
	long number;
	int (*call)(int) STATIC_CALL_KEY;
};

static int (*key)(int) STATIC_CALL_KEY = one;
static int (*variadic)(int, ...) STATIC_CALL_KEY = more;
static int (*table[2])(int) STATIC_CALL_KEY = { one, two };
static struct ops ops = { 1, one };
extern int (*declared)(int) STATIC_CALL_KEY;

static int see_key(const struct static_call_key_info *info, void *data)
{
	(void)info;
	(void)data;
	return 1;
}

static int see_site(const struct static_call_key_site_info *info, void *data)
{
	(void)info;
	(void)data;
	return 1;
}

int main(void)
{
	struct static_call_key_change changes[2];
	struct static_call_key_info info;

	CHECK(key(5) == 6 && ops.call(5) == 6 && table[1](5) == 10 && variadic(3, 4, 5) == 3);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK(static_call_key_update(&ops.call, two) == 0);
	CHECK(static_call_key_update(&table[1], one) == 0);
	CHECK(static_call_key_update(&variadic, more) == 0);
	CHECK(key(5) == 10 && ops.call(5) == 10 && table[1](5) == 6 && variadic(3, 4, 5) == 3);
	changes[0].key = &key;
	changes[0].fn = (static_call_key_fn)one;
	changes[1].key = &ops.call;
	changes[1].fn = (static_call_key_fn)one;
	CHECK(static_call_key_update_many(changes, 2) == 0);
	CHECK(key(5) == 6 && ops.call(5) == 6);
	CHECK(static_call_key_set(&key, (static_call_key_fn)two) == 0);
	CHECK(key(5) == 10);
	CHECK(static_call_key_sync(&key, sizeof(key)) == 0);
	CHECK(static_call_key_verify() == 0);
	CHECK(!static_call_key_runtime_present());
	CHECK(static_call_key_query(&key, &info) < 0);
	CHECK(static_call_key_for_each(see_key, NULL) == 0);
	CHECK(static_call_key_for_each_site(&key, see_site, NULL) < 0);
	CHECK(static_call_key_strerror(0) != NULL);
	CHECK(static_call_key_strerror(-22) != NULL);
	return 0;
}
