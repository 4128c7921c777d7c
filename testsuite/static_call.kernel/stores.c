// SPDX-License-Identifier: GPL-2.0-or-later
/* Plain stores to keys, in a module that is compiled with stores=sync. */
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/preempt.h>
#include <static_call.h>

#include "test.h"

static noinline int one(int x)
{
	return x + 1;
}

static noinline int two(int x)
{
	return x + 2;
}

static int (*hook)(int) __static_call_keyed = one;

static noinline int call_hook(int x)
{
	int r = hook(x);

	barrier();
	return r;
}

static bool stores(void)
{
	struct static_call_key_info info;

	sckt_expect(call_hook(1) == 2);
	hook = two;
	sckt_expect(call_hook(1) == 3);
	sckt_expect(static_call_key_query(&hook, &info) == 0);
	sckt_expect(info.patched == info.sites && info.stale == 0);
	hook = one;
	sckt_expect(call_hook(1) == 2 && static_call_key_verify() == 0);
	return true;
}

/* Where the runtime may not sleep, the sites follow a little later. */
static bool atomic_stores(void)
{
	int i;

	preempt_disable();
	hook = two;
	preempt_enable();
	for (i = 0; i < 5000 && call_hook(1) != 3; i++)
		usleep_range(1000, 1100);
	sckt_expect(call_hook(1) == 3 && static_call_key_verify() == 0);
	hook = one;
	sckt_expect(call_hook(1) == 2);
	return true;
}

static const struct sckt_test tests[] = {
	{ "stores", stores },
	{ "atomic_stores", atomic_stores },
};
SCKT_TESTS(tests);

static int __init stores_init(void)
{
	return 0;
}

static void __exit stores_exit(void)
{
}

module_init(stores_init);
module_exit(stores_exit);
MODULE_DESCRIPTION("static_call: plain stores to keys");
MODULE_LICENSE("GPL");
