// SPDX-License-Identifier: GPL-2.0-or-later
/* A module that calls through the keys of another, and changes them. */
#include <linux/init.h>

#include "keys.h"
#include "test.h"

static int sites_before;

int second_plain(int x);
int second_only(int x);

static noinline int second_call(int x)
{
	return sckt_hook(x) + 1;
}

static noinline int second_tail(int x)
{
	return sckt_hook(x);
}

static bool second(void)
{
	sckt_expect(sckt_sites(&sckt_hook) == sites_before + 3);
	sckt_expect(second_call(1) == 1002 && second_tail(1) == 1001 && second_only(1) == 1002);
	sckt_expect(static_call_key_update(&sckt_hook, sckt_two) == 0);
	sckt_expect(sckt_lead_to(&sckt_hook, sckt_two));
	sckt_expect(second_call(1) == 2002 && second_tail(1) == 2001 && sckt_call(1) == 2001);
	sckt_expect(second_plain(1) == 2001 && second_only(1) == 2002);
	sckt_expect(static_call_key_update(&sckt_hook, sckt_one) == 0);
	sckt_expect(second_call(1) == 1002 && second_tail(1) == 1001 && sckt_call(1) == 1001);
	return true;
}

static const struct sckt_test tests[] = { { "second", second } };
SCKT_TESTS(tests);

static int count_site(const struct static_call_key_site_info *info, void *data)
{
	sites_before += !within_module((unsigned long)info->site, THIS_MODULE);
	return 0;
}

static int __init second_init(void)
{
	static_call_key_for_each_site(&sckt_hook, count_site, NULL);
	return 0;
}

static void __exit second_exit(void)
{
}

module_init(second_init);
module_exit(second_exit);
MODULE_DESCRIPTION("static_call: calls through another module's keys");
MODULE_LICENSE("GPL");
