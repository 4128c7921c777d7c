// SPDX-License-Identifier: GPL-2.0-or-later
/* The module that has the keys, and the tests of updates. The kernel's header comes first. */
#include <linux/static_call.h>
#include "keys.h"

#include <linux/init.h>
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/stacktrace.h>
#include <linux/vmalloc.h>

#include "test.h"

noinline int sckt_one(int x)
{
	return x + 1000;
}

noinline int sckt_two(int x)
{
	return x + 2000;
}

noinline int sckt_three(int x)
{
	return x + 3000;
}

noinline void sckt_add_one(void)
{
	sckt_counter += 1;
}

noinline void sckt_add_two(void)
{
	sckt_counter += 2;
}

int (*sckt_hook)(int) __static_call_keyed = sckt_one;
int (*sckt_other)(int) __static_call_keyed = sckt_one;
void (*sckt_count)(void) __static_call_keyed = sckt_add_one;
void (*sckt_event)(int) __static_call_keyed_nop_if_null;
int (*sckt_filter)(int) __static_call_keyed_nop_if_null;
struct sckt_ops sckt_ops __static_call_keyed = { .open = sckt_one, .file = { .read = sckt_two } };
EXPORT_SYMBOL_GPL(sckt_hook);
EXPORT_SYMBOL_GPL(sckt_other);
EXPORT_SYMBOL_GPL(sckt_one);
EXPORT_SYMBOL_GPL(sckt_two);
EXPORT_SYMBOL_GPL(sckt_call);

/* ---- what the sites hold, read by the tests themselves ---- */

static int count_site(const struct static_call_key_site_info *info, void *data)
{
	++*(int *)data;
	return 0;
}

int sckt_sites(const void *key)
{
	int n = 0;

	static_call_key_for_each_site(key, count_site, &n);
	return n;
}
EXPORT_SYMBOL_GPL(sckt_sites);

static int check_site(const struct static_call_key_site_info *info, void *target)
{
	return !sckt_branches_to(info->site, target);
}

bool sckt_lead_to(const void *key, const void *target)
{
	return !static_call_key_for_each_site(key, check_site, (void *)target);
}
EXPORT_SYMBOL_GPL(sckt_lead_to);

/* ---- tests ---- */

static bool patched_at_load;
static int sites_at_load, init_sites_at_load;

/* Before the init function runs, sites lead where their keys point. */
static bool load(void)
{
	sckt_expect(patched_at_load);
	sckt_expect(sckt_lead_to(&sckt_hook, sckt_hook));
	return true;
}

static bool update(void)
{
	sckt_expect(sckt_call(1) == 1001 && sckt_tail(1) == 1001);
	sckt_expect(static_call_key_update(&sckt_hook, sckt_two) == 0);
	sckt_expect(sckt_hook == sckt_two);
	sckt_expect(sckt_lead_to(&sckt_hook, sckt_two));
	sckt_expect(sckt_call(1) == 2001 && sckt_tail(1) == 2001 && sckt_hook(1) == 2001);
	sckt_expect(sckt_lead_to(&sckt_other, sckt_one));
	sckt_expect(static_call_key_update(&sckt_hook, sckt_one) == 0);
	sckt_expect(sckt_call(1) == 1001 && sckt_tail(1) == 1001);
	sckt_expect(static_call_key_verify() == 0);
	return true;
}

static bool members(void)
{
	sckt_expect(sckt_ops_call(1) == 1001 + 2001);
	sckt_expect(static_call_key_update(&sckt_ops.file.read, sckt_three) == 0);
	sckt_expect(sckt_ops_call(1) == 1001 + 3001 && sckt_ops_tail(1) == 3001);
	sckt_expect(sckt_lead_to(&sckt_ops.open, sckt_one));
	sckt_expect(static_call_key_update(&sckt_ops.file.read, sckt_two) == 0);
	sckt_expect(sckt_ops_tail(1) == 2001);
	return true;
}

static int events;

static void count_event(int x)
{
	events += x;
}

static const u8 nop[] = { 0x0f, 0x1f, 0x44, 0x00, 0x00 };
static const u8 zero[] = { 0x2e, 0x2e, 0x2e, 0x31, 0xc0 };

/*
 * A call holds these bytes; a tail call leads somewhere. The kernel's own patching knows the call
 * that returns 0 by the function, and does not know it when it counts calls.
 */
static int check_bytes(const struct static_call_key_site_info *info, void *bytes)
{
	if (info->flags & STATIC_CALL_KEY_SITE_INFO_TAIL)
		return 0;
	if (bytes == zero && sckt_calls_are_counted() &&
	    sckt_branches_to(info->site, __static_call_return0))
		return 0;
	return memcmp(info->site, bytes, 5);
}

static bool hold(const void *key, const u8 *bytes)
{
	return !static_call_key_for_each_site(key, check_bytes, (void *)bytes);
}

static bool null(void)
{
	events = 0;
	sckt_expect(hold(&sckt_event, nop) && hold(&sckt_filter, zero));
	sckt_notify(1);
	sckt_notify_tail(1);
	sckt_expect(events == 0 && sckt_filtered(5) == 0 && sckt_filtered_tail(5) == 0);
	sckt_expect(static_call_key_update(&sckt_event, count_event) == 0);
	sckt_expect(static_call_key_update(&sckt_filter, sckt_two) == 0);
	sckt_expect(sckt_lead_to(&sckt_event, count_event));
	sckt_notify(1);
	sckt_notify_tail(10);
	sckt_expect(events == 11 && sckt_filtered(5) == 2005 && sckt_filtered_tail(5) == 2005);
	sckt_expect(static_call_key_update(&sckt_event, NULL) == 0);
	sckt_expect(static_call_key_update(&sckt_filter, NULL) == 0);
	sckt_expect(hold(&sckt_event, nop) && hold(&sckt_filter, zero));
	sckt_notify(1);
	sckt_notify_tail(1);
	sckt_expect(events == 11 && sckt_filtered(5) == 0 && sckt_filtered_tail(5) == 0);
	return true;
}

/* The kernel's own patching writes no call of this function. */
static bool return0(void)
{
	sckt_expect(static_call_key_update(&sckt_hook, (void *)__static_call_return0) == 0);
	sckt_expect(hold(&sckt_hook, zero));
	sckt_expect(sckt_call(7) == 0 && sckt_tail(7) == 0);
	sckt_expect(static_call_key_verify() == 0);
	sckt_expect(static_call_key_update(&sckt_hook, sckt_one) == 0);
	sckt_expect(sckt_call(7) == 1007 && sckt_tail(7) == 1007);
	return true;
}

static bool batch(void)
{
	const struct static_call_key_change there[] = {
		{ &sckt_hook, (static_call_key_fn)sckt_three },
		{ &sckt_other, (static_call_key_fn)sckt_two },
		{ &sckt_event, (static_call_key_fn)count_event },
		{ &sckt_ops.open, (static_call_key_fn)sckt_three },
		{ &sckt_hook, (static_call_key_fn)sckt_two },
	};
	const struct static_call_key_change back[] = {
		{ &sckt_hook, (static_call_key_fn)sckt_one },
		{ &sckt_other, (static_call_key_fn)sckt_one },
		{ &sckt_event, NULL },
		{ &sckt_ops.open, (static_call_key_fn)sckt_one },
	};

	sckt_expect(static_call_key_update_many(there, ARRAY_SIZE(there)) == 0);
	sckt_expect(sckt_call(1) == 2001 && sckt_tail(1) == 2001 && sckt_call_other(1) == 2001);
	sckt_expect(sckt_ops_call(1) == 3001 + 2001);
	sckt_expect(sckt_lead_to(&sckt_hook, sckt_two) && sckt_lead_to(&sckt_event, count_event));
	sckt_expect(static_call_key_update_many(back, ARRAY_SIZE(back)) == 0);
	sckt_expect(sckt_call(1) == 1001 && sckt_call_other(1) == 1001);
	sckt_expect(sckt_ops_call(1) == 1001 + 2001 && hold(&sckt_event, nop));
	sckt_expect(static_call_key_verify() == 0);
	return true;
}

/* Hundreds of sites of one key. */
static bool many(void)
{
	int n = sckt_sites(&sckt_count);

	sckt_expect(n > 300);
	sckt_expect(sckt_count_all() == 1 * n);
	sckt_expect(static_call_key_update(&sckt_count, sckt_add_two) == 0);
	sckt_expect(sckt_lead_to(&sckt_count, sckt_add_two) && sckt_count_all() == 2 * n);
	sckt_expect(static_call_key_update(&sckt_count, sckt_add_one) == 0);
	sckt_expect(sckt_count_all() == 1 * n);
	return true;
}

/*
 * Each of these is known to all processors when it returns: the runtime, and not
 * only what writes text, has had a function of its own run on each.
 */
static int synced;

static int count_sync(struct kprobe *probe, struct pt_regs *regs)
{
	char name[KSYM_SYMBOL_LEN];

	sprint_symbol(name, regs->si);
	synced += strstr(name, "[static_call_key]") != NULL;
	return 0;
}

static bool forty(void)
{
	struct kprobe probe = {
		.symbol_name = "on_each_cpu_cond_mask",
		.pre_handler = count_sync,
	};
	bool right = true;
	int i;

	synced = 0;
	sckt_expect(register_kprobe(&probe) == 0);
	for (i = 0; i < 20; i++) {
		right &= static_call_key_update(&sckt_other, sckt_two) == 0;
		right &= sckt_call_other(1) == 2001;
		right &= static_call_key_update(&sckt_other, sckt_one) == 0;
		right &= sckt_call_other(1) == 1001;
	}
	unregister_kprobe(&probe);
	sckt_expect(right);
	sckt_expect(synced >= 40);
	return true;
}

/* ---- failures ---- */

static bool arguments(void)
{
	struct static_call_key_info info;
	int (*not_a_key)(int) = sckt_one;

	sckt_expect(static_call_key_set(NULL, NULL) == -EINVAL);
	sckt_expect(static_call_key_set((char *)&sckt_hook + 1, NULL) == -EINVAL);
	sckt_expect(static_call_key_query(&not_a_key, &info) == -ENOENT);
	sckt_expect(sckt_lead_to(&sckt_hook, sckt_one) && sckt_call(1) == 1001);
	return true;
}

static int find_call(const struct static_call_key_site_info *info, void *found)
{
	if (info->flags & STATIC_CALL_KEY_SITE_INFO_TAIL)
		return 0;
	*(const void **)found = info->site;
	return 1;
}

/* Write one byte to text, behind the back of all who keep account of it. */
static bool plant(const void *address, u8 byte)
{
	struct page *page = vmalloc_to_page(address);
	u8 *alias = page ? vmap(&page, 1, VM_MAP, PAGE_KERNEL) : NULL;

	if (!alias)
		return false;
	alias[offset_in_page(address)] = byte;
	vunmap(alias);
	return true;
}

/* Something is on a site that nobody knows: of the whole batch, nothing changes. */
static bool breakpoint(void)
{
	const struct static_call_key_change changes[] = {
		{ &sckt_other, (static_call_key_fn)sckt_two },
		{ &sckt_hook, (static_call_key_fn)sckt_two },
	};
	const u8 *site = NULL;
	bool other, hook;
	u8 byte;
	int err;

	sckt_expect(static_call_key_for_each_site(&sckt_hook, find_call, &site) == 1);
	byte = *site;
	sckt_expect(plant(site, 0xcc));
	err = static_call_key_update_many(changes, 2);
	other = sckt_other == sckt_one && sckt_lead_to(&sckt_other, sckt_one);
	hook = sckt_hook == sckt_one && sckt_tail(1) == 1001 && *site == 0xcc;
	sckt_expect(plant(site, byte));
	sckt_expect(err == -EILSEQ);
	sckt_expect(other && hook && sckt_call(1) == 1001);
	sckt_expect(static_call_key_verify() == 0);
	sckt_expect(static_call_key_update_many(changes, 2) == 0);
	sckt_expect(sckt_call(1) == 2001 && sckt_call_other(1) == 2001);
	sckt_expect(static_call_key_update(&sckt_hook, sckt_one) == 0);
	sckt_expect(static_call_key_update(&sckt_other, sckt_one) == 0);
	return true;
}

static int update_in_callback(const struct static_call_key_info *info, void *data)
{
	*(int *)data = static_call_key_update(&sckt_hook, sckt_two);
	return 1;
}

/* In a callback all works; where it may not sleep, the runtime says so. */
static bool context(void)
{
	int in_callback = 0, atomic, masked, rcu = -EDEADLK;

	static_call_key_for_each(update_in_callback, &in_callback);
	sckt_expect(in_callback == 0 && sckt_lead_to(&sckt_hook, sckt_two));
	sckt_expect(static_call_key_update(&sckt_hook, sckt_one) == 0);
	preempt_disable();
	atomic = static_call_key_update(&sckt_hook, sckt_two);
	preempt_enable();
	local_irq_disable();
	masked = static_call_key_update(&sckt_hook, sckt_two);
	local_irq_enable();
	/* Without preemption that is no state that could be told. */
	rcu_read_lock();
	if (IS_ENABLED(CONFIG_PREEMPT_RCU))
		rcu = static_call_key_update(&sckt_hook, sckt_two);
	rcu_read_unlock();
	sckt_expect(atomic == -EDEADLK && masked == -EDEADLK && rcu == -EDEADLK);
	sckt_expect(sckt_hook == sckt_one && sckt_lead_to(&sckt_hook, sckt_one));
	return true;
}

/* A store that nobody follows, and then somebody does. */
static bool sync(void)
{
	sckt_store_unseen(&sckt_hook, sckt_three);
	sckt_expect(sckt_call(1) == 1001 && static_call_key_verify() > 0);
	sckt_expect(static_call_key_sync(&sckt_hook, sizeof(sckt_hook)) == 0);
	sckt_expect(sckt_call(1) == 3001 && sckt_tail(1) == 3001 && static_call_key_verify() == 0);
	sckt_expect(static_call_key_update(&sckt_hook, sckt_one) == 0);
	return true;
}

/*
 * ---- memory of init ----
 *
 * To the loader the name is that of a section of init; to modpost, which would warn
 * of the trampoline that refers to it, it is not.
 */

static int (*init_key)(int) __section(".initkeys") __static_call_keyed = sckt_two;

static noinline int call_init_key(int x)
{
	return init_key(x) + 1;
}

static bool init_memory(void)
{
	struct static_call_key_info info;

	sckt_expect(init_sites_at_load > 0);
	sckt_expect(sckt_sites(&sckt_hook) == sites_at_load - init_sites_at_load);
	sckt_expect(static_call_key_query(&init_key, &info) == -ENOENT);
	sckt_expect(static_call_key_update(&sckt_hook, sckt_two) == 0);
	sckt_expect(static_call_key_update(&sckt_hook, sckt_one) == 0);
	sckt_expect(static_call_key_verify() == 0);
	return true;
}

/* ---- the stack, seen from a target ---- */

static unsigned long entries[8];
static unsigned int nentries;

static noinline int trace(int x)
{
	nentries = stack_trace_save(entries, ARRAY_SIZE(entries), 0);
	return x;
}

static bool called_by(unsigned int level, const void *function)
{
	return level < nentries && entries[level] - (unsigned long)function < 512;
}

static bool unwind(void)
{
	sckt_expect(static_call_key_update(&sckt_hook, trace) == 0);
	sckt_expect(sckt_call(1) == 1);
	sckt_expect(called_by(0, trace) && called_by(1, sckt_call) && called_by(2, unwind));
	sckt_expect(static_call_key_update(&sckt_hook, sckt_one) == 0);
	return true;
}

/* When another module with sites of our keys has gone. */
static bool alone(void)
{
	sckt_expect(sckt_sites(&sckt_hook) == sites_at_load - init_sites_at_load);
	return update();
}

/* When a module has gone that had offered a function to our key, which held it. */
static bool offers_gone(void)
{
	sckt_expect(within_module((unsigned long)sckt_other, THIS_MODULE));
	sckt_expect(sckt_lead_to(&sckt_other, sckt_other) && sckt_call_other(1) == sckt_other(1));
	return true;
}

static const struct sckt_test tests[] = {
	{ "load", load },
	{ "update", update },
	{ "members", members },
	{ "null", null },
	{ "return0", return0 },
	{ "batch", batch },
	{ "many", many },
	{ "forty", forty },
	{ "arguments", arguments },
	{ "conditional", sckt_conditional },
	{ "default", sckt_default },
	{ "probe", sckt_probe },
	{ "entry_probe", sckt_entry_probe },
	{ "breakpoint", breakpoint },
	{ "context", context },
	{ "sync", sync },
	{ "init_memory", init_memory },
	{ "unwind", unwind },
	{ "alone", alone },
	{ "offers_gone", offers_gone },
	{ "stress", sckt_stress },
	{ "churn", sckt_stress },
	{ "probes", sckt_probes },
};
SCKT_TESTS(tests);

static int count_init_site(const struct static_call_key_site_info *info, void *data)
{
	init_sites_at_load += within_module_init((unsigned long)info->site, THIS_MODULE);
	return 0;
}

static int __init keys_init(void)
{
	patched_at_load = sckt_lead_to(&sckt_hook, sckt_one) && sckt_lead_to(&init_key, sckt_two) &&
			  sckt_hook(1) == 1001 && call_init_key(1) == 2002;
	sites_at_load = sckt_sites(&sckt_hook);
	static_call_key_for_each_site(&sckt_hook, count_init_site, NULL);
	return 0;
}

/* Left patched. */
static void __exit keys_exit(void)
{
	static_call_key_update(&sckt_hook, sckt_three);
	sckt_result("unload", sckt_hook(1) == 3001 && sckt_tail(1) == 3001);
}

module_init(keys_init);
module_exit(keys_exit);
MODULE_DESCRIPTION("static_call: keys, and tests of updates");
MODULE_LICENSE("GPL");
