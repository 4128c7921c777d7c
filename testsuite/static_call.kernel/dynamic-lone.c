// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A module with dynamic calls that refers to nothing of the runtime, so that it may come and
 * go. What a call has learned is told from the bytes of its site.
 */
#include <linux/init.h>
#include <linux/slab.h>

#include "dynamic.h"

struct lone_ops {
	int (*fn)(int) STATIC_CALL_DYNAMIC_AS("lone");
};

static struct lone_ops *ops;
static const u8 *site;
static unsigned long linked;

static noinline int one(int x)
{
	return x + 1;
}

static noinline int two(int x)
{
	return x + 2;
}

static noinline int call_lone(int x)
{
	int r = ops->fn(x);

	barrier();
	return r;
}

/* Its only call into the module: another may be that of ftrace. */
static const u8 *find_site(void)
{
	const u8 *code = (const u8 *)call_lone;
	int i;

	OPTIMIZER_HIDE_VAR(code); /* objtool takes an address in it for a target */
	for (i = 0; i < 48; i++)
		if (code[i] == 0xe8 && ((unsigned long)(code + i) & 7) <= 3 &&
		    within_module(sckt_leads(code + i), THIS_MODULE))
			return code + i;
	return NULL;
}

static bool lone_learned(void)
{
	sckt_expect(site && sckt_until(call_lone(1) == 2, sckt_leads(site) != linked));
	sckt_expect(within_module(sckt_leads(site), THIS_MODULE) && call_lone(1) == 2);
	ops->fn = two;
	sckt_expect(call_lone(1) == 3);
	ops->fn = one;
	return true;
}

/* Before the runtime comes, when it has gone, and when it comes again. */
static bool lone_linked(void)
{
	int i;

	for (i = 0; i < 5000; i++)
		sckt_expect(call_lone(1) == 2);
	msleep(50);
	sckt_expect(sckt_leads(site) == linked);
	ops->fn = two;
	sckt_expect(call_lone(1) == 3);
	ops->fn = one;
	return true;
}

static const struct sckt_test tests[] = {
	{ "dynamic_lone_learned", lone_learned },
	{ "dynamic_lone_linked", lone_linked },
};
SCKT_TESTS(tests);

static int __init lone_init(void)
{
	ops = kzalloc(sizeof(*ops), GFP_KERNEL);
	if (!ops)
		return -ENOMEM;
	ops->fn = one;
	site = find_site();
	linked = site ? sckt_leads(site) : 0;
	return 0;
}

static void __exit lone_exit(void)
{
	kfree(ops);
}

module_init(lone_init);
module_exit(lone_exit);
MODULE_DESCRIPTION("static_call: dynamic calls without the runtime");
MODULE_LICENSE("GPL");
