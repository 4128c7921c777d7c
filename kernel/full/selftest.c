// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The keys of a running kernel, for kernel/full/run: compiled into
 * lib/static_call_key.
 *
 *	/proc/static_call_keys			each key: sites, how many are patched
 *						and stale, where they lead; of all of them,
 *						how many do themselves what is there, or
 *						lead to inlined code. Reading it
 *						fails if a site is stale, or is not
 *						patched though its key has a target.
 *	/proc/static_call_key_selftest		reading it retargets paravirt
 *						operations while the machine works:
 *						those that the patching itself uses
 *						too. It fails unless every call, on
 *						any processor, reached the old or the
 *						new function, and none the old one
 *						after the update. A kernel that can be
 *						a guest of Xen has it, as it has these
 *						operations.
 */
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/hardirq.h>
#include <linux/init.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/pgtable.h>
#include <linux/proc_fs.h>
#include <linux/rcupdate.h>
#include <linux/seq_file.h>
#include <linux/static_call_key.h>
#include <asm/paravirt.h>
#include <asm/tlbflush.h>

struct totals {
	struct seq_file *m;
	unsigned long keys, sites, patched, stale, behind, bodies, inlined;
};

static int count_form(const struct static_call_key_site_info *info, void *data)
{
	struct totals *t = data;

	t->bodies += !!(info->flags & STATIC_CALL_KEY_SITE_INFO_BODY);
	t->inlined += !!(info->flags & STATIC_CALL_KEY_SITE_INFO_INLINED);
	return 0;
}

static int show_key(const struct static_call_key_info *info, void *data)
{
	struct totals *t = data;

	seq_printf(t->m, "%s: %zu sites, %zu patched, %zu stale, %ps\n", info->name, info->sites,
		   info->patched, info->stale, info->target);
	t->keys++;
	t->sites += info->sites;
	t->patched += info->patched;
	t->stale += info->stale;
	if (info->target && info->patched != info->sites)
		t->behind++;
	return static_call_key_for_each_site(info->key, count_form, t);
}

static int keys_show(struct seq_file *m, void *v)
{
	struct totals t = { .m = m };
	long stale = static_call_key_verify();
	int err;

	err = static_call_key_for_each(show_key, &t);
	seq_printf(m,
		   "total: %lu keys, %lu sites, %lu patched, %lu stale, %lu bodies, %lu inlined\n",
		   t.keys, t.sites, t.patched, t.stale, t.bodies, t.inlined);
	if (err)
		return err;
	return stale || t.stale || t.behind || !t.sites ? -EIO : 0;
}

#ifdef CONFIG_PARAVIRT_XXL

/* Stand-ins, which count. */
static atomic_long_t set_pte_calls, io_delay_calls, flush_calls, pte_val_calls;

static void (*old_set_pte)(pte_t *ptep, pte_t pte);
static void (*old_io_delay)(void);
static void (*old_flush)(unsigned long addr);
static pteval_t (*old_pte_val)(pte_t pte) __pv_callee_save;

static void counting_set_pte(pte_t *ptep, pte_t pte)
{
	atomic_long_inc(&set_pte_calls);
	old_set_pte(ptep, pte);
}

static void counting_io_delay(void)
{
	atomic_long_inc(&io_delay_calls);
	old_io_delay();
}

static void counting_flush(unsigned long addr)
{
	atomic_long_inc(&flush_calls);
	old_flush(addr);
}

/* Its callers keep values in every register but that of the result. */
static __pv_callee_save pteval_t counting_pte_val(pte_t pte)
{
	atomic_long_inc(&pte_val_calls);
	return old_pte_val(pte);
}

static pteval_t ordinary_pte_val(pte_t pte)
{
	return pte.pte;
}

/* The calls that the processor's own code stands for, where no hypervisor has a say. */
static int convert(void)
{
	struct static_call_key_change unfit = { &pv_ops.mmu.pte_val,
						(static_call_key_fn)ordinary_pte_val };
	long before = atomic_long_read(&pte_val_calls);
	int i;

	for (i = 0; i < 100; i++) {
		pte_t pte = native_make_pte((pteval_t)i << 1);

		if (pv_ops.mmu.pte_val(pte) != pte.pte)
			return -EBADMSG;
	}
	if (pv_ops.mmu.pte_val == counting_pte_val &&
	    atomic_long_read(&pte_val_calls) - before < 100)
		return -ENODATA;
	return static_call_key_update_many(&unfit, 1) == -EOPNOTSUPP ? 0 : -EINVAL;
}

static int find_site(const struct static_call_key_site_info *info, void *data)
{
	*(const void **)data = info->site;
	return 1;
}

/* One call each, by vmlinux: do they reach the stand-ins? */
static int call(void)
{
	long delays = atomic_long_read(&io_delay_calls), flushes = atomic_long_read(&flush_calls);

	slow_down_io();
	flush_tlb_one_kernel((unsigned long)&flush_calls);
	if (atomic_long_read(&io_delay_calls) == delays ||
	    atomic_long_read(&flush_calls) == flushes)
		return -ENODATA;
	return 0;
}

/* No kprobe is taken on a site. */
static int probe(void)
{
	struct kprobe probe = { 0 };
	int err;

	if (static_call_key_for_each_site(&pv_ops.mmu.set_pte, find_site, &probe.addr) != 1)
		return -ENOENT;
	err = register_kprobe(&probe);
	if (!err)
		unregister_kprobe(&probe);
	return err == -EINVAL || err == -EOPNOTSUPP ? 0 : -EUSERS;
}

#define ROUNDS 50

/* A plain assignment, as writers of pv_ops have: the plugin lets the sites follow. */
static int assign(void)
{
	void (*old)(void) = pv_ops.cpu.io_delay;
	long before = atomic_long_read(&io_delay_calls);
	int err = 0;

	old_io_delay = old;
	pv_ops.cpu.io_delay = counting_io_delay;
	slow_down_io();
	if (atomic_long_read(&io_delay_calls) == before || static_call_key_verify())
		err = -EPIPE;
	pv_ops.cpu.io_delay = old;
	if (static_call_key_verify())
		err = -EPIPE;
	return err;
}

/* Of all processors: interrupts in which they do what another one asks for. */
static unsigned long interrupts(void)
{
	unsigned long sum = 0;
	int cpu;

	for_each_online_cpu(cpu)
		sum += per_cpu(irq_stat, cpu).irq_call_count;
	return sum;
}

static int count_sites(const struct static_call_key_site_info *info, void *data)
{
	++*(unsigned long *)data;
	return 0;
}

static int selftest_show(struct seq_file *m, void *v)
{
	struct static_call_key_change there[] = {
		{ &pv_ops.mmu.set_pte, (static_call_key_fn)counting_set_pte },
		{ &pv_ops.cpu.io_delay, (static_call_key_fn)counting_io_delay },
		{ &pv_ops.mmu.flush_tlb_one_user, (static_call_key_fn)counting_flush },
		{ &pv_ops.mmu.pte_val, (static_call_key_fn)counting_pte_val },
	};
	struct static_call_key_change back[ARRAY_SIZE(there)];
	unsigned long sites = 0, asked, least = ULONG_MAX;
	long before, after;
	unsigned int i, n;
	int err;

	old_set_pte = pv_ops.mmu.set_pte;
	old_io_delay = pv_ops.cpu.io_delay;
	old_flush = pv_ops.mmu.flush_tlb_one_user;
	old_pte_val = pv_ops.mmu.pte_val;
	for (i = 0; i < ARRAY_SIZE(there); i++) {
		back[i].key = there[i].key;
		back[i].fn = *(static_call_key_fn *)there[i].key;
		static_call_key_for_each_site(there[i].key, count_sites, &sites);
	}

	err = assign();
	if (!err)
		err = convert();
	if (!err)
		err = probe();
	for (n = 0; n < ROUNDS && !err; n++) {
		asked = interrupts();
		err = static_call_key_update_many(there, ARRAY_SIZE(there));
		least = min(least, interrupts() - asked);
		if (!err && static_call_key_verify())
			err = -EIO;
		if (!err)
			err = call();
		msleep(3);
		if (!err)
			err = convert();
		after = static_call_key_update_many(back, ARRAY_SIZE(back));
		if (!err)
			err = after;
		if (!err && static_call_key_verify())
			err = -EIO;
		/* Calls under way are made with a page table locked, not preemptible. */
		synchronize_rcu();
		before = atomic_long_read(&set_pte_calls);
		msleep(3);
		after = atomic_long_read(&set_pte_calls);
		if (!err && before != after)
			err = -EBADE;
	}
	seq_printf(
		m,
		"%u rounds, %ld calls of set_pte, %ld of io_delay, %ld of flush_tlb_one_user, %ld of pte_val counted; %lu sites, at least %lu interrupts\n",
		n, atomic_long_read(&set_pte_calls), atomic_long_read(&io_delay_calls),
		atomic_long_read(&flush_calls), atomic_long_read(&pte_val_calls), sites, least);
	/* Sites are patched in batches: three for each of the others, and not for each site. */
	if (!err && least * 4 > sites)
		err = -E2BIG;
	if (!err && !atomic_long_read(&set_pte_calls))
		err = -ENODATA;
	return err;
}

static int __init selftest_init(void)
{
	return proc_create_single("static_call_key_selftest", 0400, NULL, selftest_show) ? 0
											 : -ENOMEM;
}
late_initcall(selftest_init);

/* Never called, and no text to the kernel, but vmlinux has it: with a site. */
static void __exit static_call_key_selftest_exit(void)
{
	slow_down_io();
	atomic_long_set(&io_delay_calls, 0);
}
module_exit(static_call_key_selftest_exit);

#endif /* CONFIG_PARAVIRT_XXL */

static int __init keys_init(void)
{
	return proc_create_single("static_call_keys", 0400, NULL, keys_show) ? 0 : -ENOMEM;
}
late_initcall(keys_init);
