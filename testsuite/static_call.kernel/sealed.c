// SPDX-License-Identifier: GPL-2.0-or-later
/* Keys that are sealed: by hand, and with the memory that is read-only after init. */
#include <linux/cache.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <static_call.h>

#include "test.h"

static noinline int one(int x)
{
	return x + 1000;
}

static noinline int two(int x)
{
	return x + 2000;
}

static int (*after_init)(int) __ro_after_init __static_call_keyed = one;
static int (*const constant)(int) __static_call_keyed = one;
static int (*by_hand)(int) __static_call_keyed = one;
static int (*open)(int) __static_call_keyed = one;

static __attribute__((noipa)) int call(int x)
{
	return after_init(x) + by_hand(x) + open(x);
}

static unsigned int flags(const void *key)
{
	struct static_call_key_info info;

	return static_call_key_query(key, &info) ? ~0u : info.flags;
}

static int set(const void *key)
{
	unsigned long place = (unsigned long)key;

	OPTIMIZER_HIDE_VAR(place);
	return static_call_key_set((void *)place, (static_call_key_fn)one);
}

/* The init function could change it; nobody can now, and nothing faults. */
static bool read_only(void)
{
	struct static_call_key_change many[] = {
		{ &open, (static_call_key_fn)two },
		{ &after_init, (static_call_key_fn)one },
	};

	sckt_expect(call(1) == 2001 + 1001 + 1001);
	sckt_expect(flags(&after_init) == STATIC_CALL_KEY_INFO_SEALED);
	sckt_expect(set(&after_init) == -EACCES);
	sckt_expect(set(&constant) == -EACCES);
	sckt_expect(static_call_key_update_many(many, 2) == -EACCES);
	sckt_expect(static_call_key_seal(&after_init) == 0);
	sckt_expect(call(1) == 2001 + 1001 + 1001 && static_call_key_verify() == 0);
	/* The runtime's lock is free. */
	sckt_expect(static_call_key_update(&open, two) == 0 && call(1) == 2001 + 1001 + 2001);
	sckt_expect(static_call_key_update(&open, one) == 0);
	return true;
}

static bool sealed(void)
{
	sckt_expect(!(flags(&by_hand) & STATIC_CALL_KEY_INFO_SEALED));
	sckt_expect(static_call_key_update(&by_hand, two) == 0);
	sckt_expect(static_call_key_seal(&by_hand) == 0 && static_call_key_seal(&by_hand) == 0);
	sckt_expect(flags(&by_hand) == STATIC_CALL_KEY_INFO_SEALED && flags(&open) == 0);
	sckt_expect(static_call_key_update(&by_hand, one) == -EPERM);
	sckt_expect(by_hand == two && call(1) == 2001 + 2001 + 1001);
	sckt_expect(static_call_key_verify() == 0);
	return true;
}

static const struct sckt_test tests[] = { { "read-only", read_only }, { "sealed", sealed } };
SCKT_TESTS(tests);

static int __init sealed_init(void)
{
	int err = static_call_key_update(&after_init, two);

	return err || flags(&after_init) ? -EINVAL : 0;
}

static void __exit sealed_exit(void)
{
}

module_init(sealed_init);
module_exit(sealed_exit);
MODULE_DESCRIPTION("static_call: sealed keys");
MODULE_LICENSE("GPL");
