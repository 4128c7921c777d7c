// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A module like any other, of one object: it calls operations of pv_ops and smp_ops
 * through the kernel's own inline functions, and a key of sckt_keys.ko.
 */
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/pgtable.h>
#include <linux/rcupdate.h>
#include <linux/smp.h>
#include <asm/paravirt.h>
#include <asm/processor.h>

#include "keys.h"
#include "test.h"

/* ---- calls ---- */

static pte_t slot;

static noinline void call_set_pte(unsigned long value)
{
	set_pte(&slot, native_make_pte(value));
	barrier();
}

static noinline void tail_set_pte(unsigned long value)
{
	set_pte(&slot, native_make_pte(value));
}

static noinline void call_io_delay(void)
{
	slow_down_io();
	barrier();
}

static noinline unsigned int call_cpuid(void)
{
	return cpuid_eax(0);
}

static noinline void call_alloc_pte(void)
{
	paravirt_alloc_pte(NULL, 0);
	barrier();
}

static noinline void call_reschedule(void)
{
	(smp_ops.smp_send_reschedule)(cpumask_any_but(cpu_online_mask, raw_smp_processor_id()));
	barrier();
}

static noinline int call_hook(int x)
{
	return sckt_other(x) + 1;
}

static __always_inline bool call_all(void)
{
	call_io_delay();
	call_alloc_pte();
	call_reschedule();
	set_pte(&slot, native_make_pte(1));
	if (native_pte_val(slot) != 1)
		return false;
	call_set_pte(2);
	if (native_pte_val(slot) != 2)
		return false;
	tail_set_pte(3);
	return native_pte_val(slot) == 3 && call_cpuid() == native_cpuid_eax(0) &&
	       call_hook(1) == sckt_other(1) + 1;
}

/* ---- what the sites of this module hold ---- */

static const struct {
	const char *name;
	void *key;
	bool nop;  /* pv_ops has paravirt_nop */
	bool init; /* called in init text, too */
} keys[] = {
	{ "set_pte", &pv_ops.mmu.set_pte, false, true },
	{ "io_delay", &pv_ops.cpu.io_delay, false, false },
	{ "cpuid", &pv_ops.cpu.cpuid, false, false },
	{ "alloc_pte", &pv_ops.mmu.alloc_pte, true, false },
	{ "smp_send_reschedule", &smp_ops.smp_send_reschedule, false, false },
	{ "sckt_other", &sckt_other, false, true },
};

struct seen {
	const u8 *target; /* NULL: a nop */
	int sites, init, wrong;
};

static int see(const struct static_call_key_site_info *info, void *data)
{
	static const u8 nop[] = { 0x0f, 0x1f, 0x44, 0x00, 0x00 };
	const u8 *code = info->site;
	struct seen *seen = data;
	s32 distance;

	if (!within_module((unsigned long)code, THIS_MODULE))
		return 0;
	seen->sites++;
	seen->init += within_module_init((unsigned long)code, THIS_MODULE);
	memcpy(&distance, code + 1, sizeof(distance));
	/* What the target does is done here: mov %rsi, (%rdi) */
	if (info->flags & STATIC_CALL_KEY_SITE_INFO_BODY)
		seen->wrong += info->destination != seen->target || code[0] == 0xe8 ||
			       code[0] == 0xe9;
	else if (!seen->target)
		seen->wrong += memcmp(code, nop, sizeof(nop)) != 0;
	else
		seen->wrong += (code[0] != 0xe8 && code[0] != 0xe9) ||
			       code + 5 + distance != seen->target;
	return 0;
}

/* Does each lead where its key points, and are those of init there, or gone? */
static bool patched(bool init)
{
	bool right = true;
	int i;

	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		struct seen seen = { .target = keys[i].nop ? NULL : *(u8 **)keys[i].key };
		int err = static_call_key_for_each_site(keys[i].key, see, &seen);

		if (!err && seen.sites > seen.init && !seen.wrong &&
		    !seen.init == !(init && keys[i].init))
			continue;
		pr_info("static_call_test: %s: error %d, %d sites, %d in init, %d wrong\n",
			keys[i].name, -err, seen.sites, seen.init, seen.wrong);
		right = false;
	}
	return right;
}

/* ---- tests ---- */

static bool patched_at_load;

static bool load(void)
{
	sckt_expect(patched_at_load);
	sckt_expect(patched(false) && call_all());
	sckt_expect(static_call_key_verify() == 0);
	return true;
}

/* Stand-ins, which all of the kernel reaches, and which count. */
static atomic_long_t counts[4];

static void (*old_io_delay)(void);
static void (*old_reschedule)(int cpu);

static void count_set_pte(pte_t *ptep, pte_t pte)
{
	atomic_long_inc(&counts[0]);
	native_set_pte(ptep, pte);
}

static void count_io_delay(void)
{
	atomic_long_inc(&counts[1]);
	old_io_delay();
}

static void count_reschedule(int cpu)
{
	atomic_long_inc(&counts[2]);
	old_reschedule(cpu);
}

static int count_hook(int x)
{
	atomic_long_inc(&counts[3]);
	return x;
}

static struct static_call_key_change there[] = {
	{ &pv_ops.mmu.set_pte, (static_call_key_fn)count_set_pte },
	{ &pv_ops.cpu.io_delay, (static_call_key_fn)count_io_delay },
	{ &smp_ops.smp_send_reschedule, (static_call_key_fn)count_reschedule },
	{ &sckt_other, (static_call_key_fn)count_hook },
};
static struct static_call_key_change back[ARRAY_SIZE(there)];

static bool all_counted(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(counts); i++)
		if (!atomic_long_read(&counts[i]))
			return false;
	return true;
}

static bool retarget(void)
{
	sckt_expect(static_call_key_update_many(there, ARRAY_SIZE(there)) == 0);
	sckt_expect(patched(false));
	memset(counts, 0, sizeof(counts));
	sckt_expect(call_all() && call_hook(7) == 8 && all_counted());
	sckt_expect(static_call_key_update_many(back, ARRAY_SIZE(back)) == 0);
	sckt_expect(patched(false) && call_all() && static_call_key_verify() == 0);
	return true;
}

static unsigned long calls, bad;

static int caller(void *unused)
{
	while (!kthread_should_stop()) {
		call_set_pte(++calls);
		bad += native_pte_val(slot) != calls;
		call_io_delay();
		call_reschedule();
		if (calls % 50 == 0)
			usleep_range(200, 300);
	}
	return 0;
}

/* The same while a thread on the other processor calls. */
static bool busy(void)
{
	struct task_struct *task;
	int err = 0, i;

	calls = bad = 0;
	task = kthread_create(caller, NULL, "sckt_pv");
	sckt_expect(!IS_ERR(task));
	kthread_bind(task, cpumask_any_but(cpu_online_mask, raw_smp_processor_id()));
	wake_up_process(task);
	for (i = 0; i < 100 && !err; i++) {
		err = static_call_key_update_many(there, ARRAY_SIZE(there));
		usleep_range(300, 400);
		if (!err)
			err = static_call_key_update_many(back, ARRAY_SIZE(back));
	}
	kthread_stop(task);
	pr_info("static_call_test: %lu calls beside %d updates\n", calls, 2 * i);
	sckt_expect(err == 0 && calls && !bad);
	sckt_expect(patched(false) && static_call_key_verify() == 0);
	return true;
}

static const struct sckt_test tests[] = {
	{ "load", load },
	{ "retarget", retarget },
	{ "busy", busy },
};
SCKT_TESTS(tests);

static int __init pv_init(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(there); i++)
		back[i] = (struct static_call_key_change){ there[i].key,
							   *(static_call_key_fn *)there[i].key };
	old_io_delay = pv_ops.cpu.io_delay;
	old_reschedule = smp_ops.smp_send_reschedule;
	set_pte(&slot, native_make_pte(5));
	patched_at_load = patched(true) && native_pte_val(slot) == 5 &&
			  sckt_other(1) == call_hook(1) - 1 && call_all();
	return 0;
}

/* No processor may be in a stand-in any more. */
static void __exit pv_exit(void)
{
	sckt_result("unload", patched(false) && call_all());
	synchronize_rcu_tasks();
}

module_init(pv_init);
module_exit(pv_exit);
MODULE_DESCRIPTION("static_call: calls of vmlinux's keys");
MODULE_LICENSE("GPL");
