// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Guards: what the key holds at first is inlined where it is called. objtool has followed
 * both ways, so the stack can be read from within the inlined code.
 */
#include <linux/init.h>
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/stacktrace.h>
#include <static_call.h>

#include "test.h"

static unsigned long caller;
static unsigned long entries[8];
static unsigned int nentries;

/* Called by a target: from where, and by whom? */
static noinline int look(int x)
{
	caller = (unsigned long)__builtin_return_address(0);
	nentries = stack_trace_save(entries, ARRAY_SIZE(entries), 1);
	return x;
}

static int one(int x)
{
	return look(x) + 1;
}

static int two(int x)
{
	return look(x) + 2;
}

static int (*hook)(int) __static_call_keyed = one;
static void (*event)(int) __static_call_keyed_nop_if_null;

static noinline int guarded(int x)
{
	int r = hook(x);

	barrier();
	return r + 100;
}

/* Of another shape: a frame of its own, a loop, registers that are saved. */
static noinline int guarded_loop(int x)
{
	int i, sum = 0, room[16];

	for (i = 0; i < x; i++) {
		room[i % 16] = hook(i);
		barrier_data(room);
		sum += room[i % 16];
	}
	return sum;
}

static noinline int notified(int x)
{
	event(x);
	barrier();
	return x + 1;
}

static int events;

static void count(int x)
{
	events += x;
}

struct guard {
	const void *key;
	unsigned int n;
	struct static_call_key_site_info info;
};

static int find_guard(const struct static_call_key_site_info *info, void *data)
{
	struct guard *g = data;

	if (info->flags & STATIC_CALL_KEY_SITE_INFO_GUARD && !g->n--) {
		g->info = *info;
		return 1;
	}
	return 0;
}

static bool guard_of(struct guard *g, const void *key, unsigned int n)
{
	g->n = n;
	return static_call_key_for_each_site(key, find_guard, g) == 1;
}

static const u8 nop[] = { 0x0f, 0x1f, 0x44, 0x00, 0x00 };

/* The forms are those of the kernel's jump labels. */
static bool leads_to(const void *key, const void *function, bool inlined)
{
	struct static_call_key_info info;
	struct guard g;
	unsigned int n;

	for (n = 0; guard_of(&g, key, n); n++) {
		sckt_expect(!!(g.info.flags & STATIC_CALL_KEY_SITE_INFO_INLINED) == inlined);
		sckt_expect((g.info.destination == function) == inlined);
		sckt_expect(!memcmp(g.info.site, nop, 5) == inlined);
		sckt_expect(inlined || *(const u8 *)g.info.site == 0xe9);
	}
	sckt_expect(n > 0 && static_call_key_query(key, &info) == 0);
	sckt_expect(info.patched == info.sites && info.stale == 0);
	sckt_expect(static_call_key_why(key) == 0 && static_call_key_verify() == 0);
	return true;
}

/* Is this in the function, or in its cold part, which has its name, too? */
static bool within(unsigned long address, const char *function)
{
	char name[KSYM_SYMBOL_LEN];
	size_t n = strlen(function);

	sprint_symbol_no_offset(name, address);
	return !strncmp(name, function, n) && (name[n] == '.' || name[n] == ' ' || !name[n]);
}

/* Each frame is there, from the inlined code and from what is called. */
static bool looked_from(const char *function, const char *target)
{
	unsigned int n = target ? 1 : 0;

	sckt_expect(within(caller, target ? target : function));
	sckt_expect(nentries > n + 1 && within(entries[n], function) &&
		    within(entries[n + 1], "guards"));
	return true;
}

/* Where the plugin sees no second function that would be as likely as the first. */
static int set(const void *key, int (*fn)(int))
{
	unsigned long place = (unsigned long)key;

	OPTIMIZER_HIDE_VAR(place);
	return static_call_key_set((void *)place, (static_call_key_fn)fn);
}

static bool guards(void)
{
	int i;

	for (i = 0; i < 3; i++) {
		sckt_expect(leads_to(&hook, one, true));
		sckt_expect(guarded(10) == 111 && looked_from("guarded", NULL));
		sckt_expect(guarded_loop(3) == 6 && looked_from("guarded_loop", NULL));
		sckt_expect(set(&hook, two) == 0);
		sckt_expect(leads_to(&hook, two, false));
		sckt_expect(guarded(10) == 112 && looked_from("guarded", "two"));
		sckt_expect(guarded_loop(3) == 9 && looked_from("guarded_loop", "two"));
		sckt_expect(set(&hook, one) == 0);
	}
	sckt_store_unseen(&hook, two);
	sckt_expect(guarded(10) == 111 && static_call_key_verify() > 0);
	sckt_expect(static_call_key_sync(&hook, sizeof(hook)) == 0);
	sckt_expect(leads_to(&hook, two, false) && guarded(10) == 112);
	sckt_expect(set(&hook, one) == 0);
	return true;
}

/* NULL, where that is a no-op, is a likely target as well. */
static bool guard_null(void)
{
	events = 0;
	sckt_expect(leads_to(&event, NULL, true) && notified(3) == 4 && events == 0);
	sckt_expect(static_call_key_update(&event, count) == 0);
	sckt_expect(leads_to(&event, count, false) && notified(3) == 4 && events == 3);
	sckt_expect(static_call_key_update(&event, NULL) == 0);
	sckt_expect(leads_to(&event, NULL, true) && notified(3) == 4 && events == 3);
	return true;
}

/* The kernel takes no kprobe where it is to change an instruction itself. */
static bool guard_probe(void)
{
	struct kprobe probe = { 0 };
	struct guard g;
	int err;

	sckt_expect(guard_of(&g, &hook, 0));
	probe.addr = (kprobe_opcode_t *)g.info.site;
	err = register_kprobe(&probe);
	if (!err)
		unregister_kprobe(&probe);
	sckt_expect(err == -EINVAL);
	sckt_expect(leads_to(&hook, one, true));
	return true;
}

static const struct sckt_test tests[] = {
	{ "guards", guards },
	{ "guard_null", guard_null },
	{ "guard_probe", guard_probe },
};
SCKT_TESTS(tests);

static int __init guards_init(void)
{
	return 0;
}

static void __exit guards_exit(void)
{
}

module_init(guards_init);
module_exit(guards_exit);
MODULE_DESCRIPTION("static_call: guards");
MODULE_LICENSE("GPL");
