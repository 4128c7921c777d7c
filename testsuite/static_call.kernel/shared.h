/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two modules that do not know of each other and share a key of vmlinux,
 * pm_power_off.
 */
#include <linux/init.h>
#include <linux/pm.h>
#include <static_call.h>

#include "test.h"

extern void (*pm_power_off)(void) __static_call_keyed;

static int reached;

static void here(void)
{
	reached++;
}

static noinline void call_key(void)
{
	pm_power_off();
	barrier();
}

static bool shared(void)
{
	void (*now)(void) = READ_ONCE(pm_power_off);
	struct static_call_key_info info;

	reached = 0;
	sckt_expect(static_call_key_update(&pm_power_off, here) == 0);
	call_key();
	sckt_expect(reached == 1);
	sckt_expect(static_call_key_query(&pm_power_off, &info) == 0);
	sckt_expect(info.patched == info.sites && info.stale == 0 && info.sites > 0);
	sckt_expect(static_call_key_update(&pm_power_off, now) == 0);
	sckt_expect(static_call_key_verify() == 0);
	return true;
}

static const struct sckt_test tests[] = { { SHARED_NAME, shared }, { "alone", shared } };
SCKT_TESTS(tests);

static int __init shared_init(void)
{
	return 0;
}

static void __exit shared_exit(void)
{
}

module_init(shared_init);
module_exit(shared_exit);
MODULE_DESCRIPTION("static_call: a key of vmlinux");
MODULE_LICENSE("GPL");
