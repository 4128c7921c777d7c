// SPDX-License-Identifier: MIT
/*
 * os-linux-kernel.c - the port for the Linux kernel: state, lock, memory, core
 * synchronisation, and memory that goes away.
 */
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>
#include <asm/sync_core.h>

#include "os-linux-kernel.h"
#include "x86_64.h"

#undef pr_fmt
#define pr_fmt(fmt) "static_call_key: " fmt

static struct scrt_state state = { .key_lo = UINTPTR_MAX };
struct scrt_state *scrt_known_state = &state;

struct scrt_state *scrt_find_state(int *err)
{
	*err = 0;
	return &state;
}

/* ---- the lock ---- */

static DEFINE_MUTEX(lock);
static struct task_struct *owner;
static bool asked;

int scrt_lock(struct scrt_state *s, bool *forked)
{
	/* At boot there is one thread, which may not be preempted but need not wait. */
	if (READ_ONCE(owner) == current ||
	    (system_state != SYSTEM_BOOTING && (in_atomic() || irqs_disabled())))
		return -EDEADLK;
	might_sleep();
	mutex_lock(&lock);
	WRITE_ONCE(owner, current);
	*forked = false;
	return 0;
}

bool scrt_unlock(struct scrt_state *s)
{
	if (xchg(&asked, false))
		return false;
	WRITE_ONCE(owner, NULL);
	mutex_unlock(&lock);
	return true;
}

/* Stores to keys where the runtime may not sleep, or in one of its callbacks. */
static void follow_later(struct work_struct *work)
{
	struct scrt_state *s;

	if (!scrt_enter(&s))
		scrt_leave(s);
}

static DECLARE_WORK(asked_work, follow_later);

void scrt_lock_ask(struct scrt_state *s)
{
	WRITE_ONCE(asked, true);
	schedule_work(&asked_work);
}

void scrt_lock_exit(void)
{
	cancel_work_sync(&asked_work);
}

/* ---- memory ---- */

void *scrt_alloc(size_t bytes)
{
	return kvzalloc(bytes, GFP_KERNEL);
}

void scrt_free(void *p, size_t bytes)
{
	kvfree(p);
}

/* ---- text ---- */

uintptr_t scrt_text_start(uintptr_t lo)
{
	return lo & PAGE_MASK;
}

uintptr_t scrt_text_end(uintptr_t hi)
{
	return PAGE_ALIGN(hi);
}

static void sync_this_core(void *unused)
{
	sync_core();
}

void scrt_sync_cores(struct scrt_state *s)
{
	on_each_cpu(sync_this_core, NULL, 1);
}

void scrt_fatal(const char *name, int err)
{
	WARN(1,
	     "static_call: a store changed the key %s, but its call sites cannot follow: %s (error %d)\n",
	     name ? name : "(no name)", scrt_strerror(err), -err);
}

/* ---- memory that goes away ---- */

static bool within(uintptr_t address, uintptr_t lo, uintptr_t hi)
{
	return address >= lo && address < hi;
}

/* Is this the number of a site that will be gone? */
static bool site_gone(const struct scrt_module *m, uint32_t k, uintptr_t lo, uintptr_t hi)
{
	return within(scrt_relative(&m->sites[k & ~SCRT_UNPATCHABLE].site), lo, hi);
}

/* Close the gaps that the sites in [lo, hi), and those of keys there, leave in order[]. */
static void forget_sites(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	uint32_t i, k = 0, end, kept = 0;

	for (i = 0; i < m->nrecords; i++) {
		bool key_gone = within(m->records[i].key, lo, hi);

		end = m->state[i + 1].first;
		m->state[i].first = kept;
		for (; k < end; k++)
			if (!key_gone && !site_gone(m, m->order[k], lo, hi))
				m->order[kept++] = m->order[k];
	}
	m->state[i].first = kept;
}

void scrt_forget(uintptr_t lo, uintptr_t hi)
{
	struct scrt_registry *reg;
	struct scrt_state *s;
	size_t i, kept = 0;

	if (lo >= hi || scrt_enter(&s))
		return;
	reg = s->registry;
	for (i = 0; reg && i < reg->nmodules; i++)
		forget_sites(reg->modules[i], lo, hi);
	for (i = 0; reg && i < reg->nrefs; i++) {
		const struct scrt_ref *ref = &reg->refs[i];
		const struct scrt_record *r = &ref->module->state[ref->record];

		if (r[0].first != r[1].first)
			reg->refs[kept++] = *ref;
	}
	if (reg)
		reg->nrefs = kept;
	scrt_leave(s);
}

EXPORT_SYMBOL_GPL(static_call_key_rt_set);
EXPORT_SYMBOL_GPL(static_call_key_rt_update_many);
EXPORT_SYMBOL_GPL(static_call_key_rt_sync);
EXPORT_SYMBOL_GPL(static_call_key_rt_verify);
EXPORT_SYMBOL_GPL(static_call_key_rt_query);
EXPORT_SYMBOL_GPL(static_call_key_rt_for_each);
EXPORT_SYMBOL_GPL(static_call_key_rt_for_each_site);
EXPORT_SYMBOL_GPL(static_call_key_rt_why);
EXPORT_SYMBOL_GPL(static_call_key_rt_strerror);
EXPORT_SYMBOL_GPL(static_call_key_rt_store);
