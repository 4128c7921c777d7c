// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A livepatch of __rdmsr_on_cpu(), a function with a site. Before it is replaced, while it is, and
 * afterwards calls are made, on either processor, and the key is given one function after another:
 * each call has to come from the code that is to be executed, and to reach what the key holds, also
 * what it was given while other code was executed.
 *
 * The replacement has a site; with plain=1, an indirect call.
 */
#include <linux/init.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/rcupdate.h>

#include "livepatch.h"
#include "test.h"

enum { UPDATES = 60 };

static bool plain;
module_param(plain, bool, 0444);

atomic_long_t sckt_replaced_calls;

static void replacement(void *info)
{
	sckt_replacement(info);
}

static struct klp_func funcs[] = { { .old_name = SCKT_CALLER }, {} };
static struct klp_object objects[] = { { .funcs = funcs }, {} };
static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objects };

/* ---- what the key holds ---- */

static sckt_read_msr *native_read;
static const u8 *from; /* what the last call of one of these returned to */

static noinline u64 first_read_msr(unsigned int msr)
{
	if (msr == SCKT_MSR)
		from = __builtin_return_address(0);
	return native_read(msr) + (msr == SCKT_MSR ? 1 : 0);
}

static noinline u64 second_read_msr(unsigned int msr)
{
	if (msr == SCKT_MSR)
		from = __builtin_return_address(0);
	return native_read(msr) + (msr == SCKT_MSR ? 2 : 0);
}

/* ---- calls ---- */

/* A site of this module, which is in the replacement. */
static int find_own(const struct static_call_key_site_info *info, void *data)
{
	if (!within_module((unsigned long)info->site, THIS_MODULE))
		return 0;
	*(const u8 **)data = info->site;
	return 1;
}

/* Did that call come from the replacement, or from the function itself? */
static bool from_there(bool replaced)
{
	const u8 *site = NULL;

	if (!replaced)
		return from == sckt_caller_site() + 5;
	static_call_key_for_each_site(&pv_ops.cpu.read_msr, find_own, &site);
	if (plain)
		return from != site + 5 && within_module((unsigned long)from, THIS_MODULE);
	return site && from == site + 5;
}

/* The key holds what adds this to the register. */
static bool call(int adds, bool replaced)
{
	u64 is = native_read(SCKT_MSR), value;
	long before = atomic_long_read(&sckt_replaced_calls);
	int cpu;

	for (cpu = 0; cpu < 2; cpu++) {
		from = NULL;
		sckt_expect(rdmsrl_on_cpu(cpu, SCKT_MSR, &value) == 0 && value == is + adds);
		sckt_expect(adds ? from_there(replaced) : !from);
	}
	sckt_expect(atomic_long_read(&sckt_replaced_calls) - before == (replaced ? 2 : 0));
	return true;
}

/* And another one after each update. The key holds first_read_msr() in the end. */
static bool updates_reach(bool replaced)
{
	sckt_read_msr *const targets[] = { native_read, first_read_msr, second_read_msr };
	int i, adds;

	sckt_expect(sckt_caller_site());
	for (i = 0; i < UPDATES; i++) {
		adds = i % ARRAY_SIZE(targets);
		sckt_expect(sckt_give(targets[adds]) && call(adds, replaced));
	}
	sckt_expect(sckt_give(first_read_msr) && static_call_key_verify() == 0);
	return true;
}

/* ---- tests ---- */

static bool before_right;

static bool before(void)
{
	return before_right;
}

static bool replaced(void)
{
	sckt_expect(call(1, true));
	return updates_reach(true);
}

static bool after(void)
{
	sckt_expect(call(1, false));
	return updates_reach(false);
}

static const struct sckt_test tests[] = {
	{ "before", before },
	{ "replaced", replaced },
	{ "after", after },
};
SCKT_TESTS(tests);

static void restore(void)
{
	static_call_key_update(&pv_ops.cpu.read_msr, native_read);
	synchronize_rcu_tasks();
}

static int __init livepatch_init(void)
{
	int err;

	native_read = pv_ops.cpu.read_msr;
	funcs[0].new_func = plain ? sckt_plain_replacement : replacement;
	before_right = updates_reach(false);
	err = klp_enable_patch(&patch);
	if (err)
		restore();
	return err;
}

static void __exit livepatch_exit(void)
{
	restore();
}

module_init(livepatch_init);
module_exit(livepatch_exit);
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("static_call: a livepatch of a function that calls a key");
MODULE_LICENSE("GPL");
