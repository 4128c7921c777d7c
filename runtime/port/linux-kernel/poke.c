// SPDX-License-Identifier: MIT
/*
 * poke.c - how static_call_key.ko writes to text, in a kernel that knows nothing of it.
 *
 * Text is written in one of three ways (module parameter poke=):
 *
 *	int3	the kernel's own, arch_static_call_transform(): a breakpoint, then
 *		the rest, with all processors interrupted three times a site. It
 *		stops the machine at bytes that it does not know, so none is handed
 *		to it that does not hold one of our forms, and nobody else writes to a
 *		site: the plugin has made it known as one of the kernel's static calls,
 *		on which it lets no kprobe. Guards are jump labels, and static_key_enable()
 *		changes them.
 *	store	one aligned store of eight bytes through a second, writable mapping
 *		of the page, and one interrupt of all processors at the end
 *	stop	the same store while all other processors wait for it
 */
#include <linux/atomic.h>
#include <linux/jump_label.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/static_call.h>
#include <linux/stop_machine.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <asm/sync_core.h>

#include "linux-kernel.h"

#undef pr_fmt
#define pr_fmt(fmt) "static_call_key: " fmt

static char *poke = "int3";
module_param(poke, charp, 0444);
MODULE_PARM_DESC(poke, "how text is written: int3 (default), store or stop");

static enum { POKE_INT3, POKE_STORE, POKE_STOP } method;

int scrt_text_check(struct scrt_module *m)
{
	return scrt_modules_text(m);
}

/* ---- int3 ---- */

static void poke_int3(uintptr_t site, uint64_t form)
{
	uint8_t opcode = form;
	void *destination = (void *)scrt_destination(site, form);
	void *address = (void *)site;

	if (form == SCRT_FORM_NOP)
		arch_static_call_transform(address, NULL, NULL, false);
	else if (form == SCRT_FORM_ZERO)
		arch_static_call_transform(address, NULL, __static_call_return0, false);
	else if (form == SCRT_FORM_RET)
		arch_static_call_transform(address, NULL, NULL, true);
	else
		arch_static_call_transform(address, NULL, destination, opcode == SCRT_OPCODE_JMP);
}

/*
 * A guard is one of the module's jump labels, with a key of its own: the kernel changes
 * it, and keeps account of what it should hold. False: the site is none.
 */
static bool poke_jump_label(struct scrt_text *text, uintptr_t site, uint64_t form)
{
	struct static_key *key = scrt_text_jump_label(text->mod, site);

	if (!key)
		return false;
	if (form == SCRT_FORM_NOP)
		static_key_enable(key);
	else
		static_key_disable(key);
	return true;
}

/* ---- the second mapping ---- */

void scrt_poke_unmap(struct scrt_text *text)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(text->areas); i++) {
		vunmap(text->areas[i].alias);
		text->areas[i].alias = NULL;
	}
	/* vunmap() leaves it to later to take them from the processors, too. */
	vm_unmap_aliases();
}

/* Map these whole pages of a module's text once more, to write. */
static int poke_map_area(struct scrt_area *area, uintptr_t lo, uintptr_t hi)
{
	unsigned int n = (hi - lo) >> PAGE_SHIFT, i;
	struct page **pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int err = 0;

	if (!pages)
		return -ENOMEM;
	for (i = 0; i < n && !err; i++) {
		pages[i] = vmalloc_to_page((void *)(lo + i * PAGE_SIZE));
		if (!pages[i])
			err = -EFAULT;
	}
	if (!err) {
		area->alias_lo = lo;
		area->alias = vmap(pages, n, VM_MAP, PAGE_KERNEL);
		if (!area->alias)
			err = -ENOMEM;
	}
	kvfree(pages);
	return err;
}

int scrt_poke_map(struct scrt_text *text, uintptr_t lo, uintptr_t hi)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < ARRAY_SIZE(text->areas) && !err; i++) {
		struct scrt_area *area = &text->areas[i];
		uintptr_t from = max(lo, scrt_text_start(area->lo));
		uintptr_t to = min(hi, scrt_text_end(area->hi));

		if (area->lo < area->hi && from < to)
			err = poke_map_area(area, from, to);
	}
	if (err)
		scrt_poke_unmap(text);
	return err;
}

uintptr_t scrt_poke_alias(struct scrt_text *text, uintptr_t address, size_t bytes)
{
	struct scrt_area *area = scrt_area_of(text, address, bytes);

	return (uintptr_t)area->alias + (address - area->alias_lo);
}

/* ---- stop ---- */

static struct {
	uintptr_t alias;
	uint64_t form;
} waiting[256];
static unsigned int nwaiting;
static atomic_t arrived;
static bool written;

/* On all processors at once: the first one writes. */
static int poke_waiting(void *unused)
{
	unsigned int i;

	if (atomic_inc_return(&arrived) == 1) {
		for (i = 0; i < nwaiting; i++)
			scrt_form_store(waiting[i].alias, waiting[i].form);
		/* G: after the stores to text. */
		smp_store_release(&written, true);
	} else {
		/* G: before this core serialises. */
		while (!smp_load_acquire(&written))
			cpu_relax();
	}
	sync_core();
	return 0;
}

static void poke_stopped(void)
{
	if (!nwaiting)
		return;
	atomic_set(&arrived, 0);
	written = false;
	stop_machine(poke_waiting, NULL, cpu_online_mask);
	nwaiting = 0;
}

/* ---- the window ---- */

/*
 * The kernel's own patching of static calls knows branches only. And nothing that moves the stack,
 * which the unwind data of a module could not tell of.
 */
bool scrt_text_may_hold(uint64_t body)
{
	return method != POKE_INT3 && !(body & SCRT_BODY_SEVERAL);
}

bool scrt_text_never_runs(const struct scrt_module *m, uintptr_t site)
{
	return false;
}

int scrt_text_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	return method == POKE_INT3 ? 0 : scrt_poke_map(m->text, lo, hi);
}

int scrt_text_close(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	if (method == POKE_INT3)
		return 0;
	poke_stopped();
	scrt_poke_unmap(m->text);
	return 0;
}

void scrt_text_write(struct scrt_module *m, uintptr_t site, uint64_t form, uint64_t branch)
{
	switch (method) {
	case POKE_INT3:
		if (!poke_jump_label(m->text, site, form))
			poke_int3(site, form);
		break;
	case POKE_STORE:
		scrt_form_store(scrt_poke_alias(m->text, site, SCRT_SITE_BYTES), form);
		break;
	case POKE_STOP:
		waiting[nwaiting].alias = scrt_poke_alias(m->text, site, SCRT_SITE_BYTES);
		waiting[nwaiting++].form = form;
		if (nwaiting == ARRAY_SIZE(waiting))
			poke_stopped();
		break;
	}
}

int __init scrt_poke_init(void)
{
	static const char *const methods[] = { "int3", "store", "stop" };
	int i = match_string(methods, ARRAY_SIZE(methods), poke);

	if (i < 0) {
		pr_err("poke=%s: not one of int3, store, stop\n", poke);
		return -EINVAL;
	}
	method = i;
	return 0;
}
