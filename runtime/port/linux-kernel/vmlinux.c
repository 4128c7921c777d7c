// SPDX-License-Identifier: MIT
/*
 * vmlinux.c - the tables of vmlinux itself, in a kernel that has the runtime built in:
 * registered at boot, those of init memory forgotten with it, and then sealed what is
 * __ro_after_init. kprobes are refused on its sites, and on those of modules.
 */
#include <linux/kernel.h>
#include <linux/sched.h>
#include <asm/sections.h>

#include "linux-kernel.h"
#include "strerror.h"

#undef pr_fmt
#define pr_fmt(fmt) "static_call_key: " fmt

/* The plugin's; a vmlinux without keyed calls has none. */
extern struct static_call_key_module static_call_key_module __weak;
extern struct static_call_key_site __start_static_call_key_sites[] __weak;
extern struct static_call_key_site __stop_static_call_key_sites[] __weak;
/* Not in the linker script of every architecture. */
extern char __start_ro_after_init[] __weak, __end_ro_after_init[] __weak;

void __init static_call_key_init(void)
{
	int err;

	if (!&static_call_key_module) {
		size_t n = __stop_static_call_key_sites - __start_static_call_key_sites;

		if (n)
			pr_err("the sites of vmlinux stay at their trampolines: %zu of them, but no static_call_key_module that describes them\n",
			       n);
		return;
	}
	err = static_call_key_rt_register(&static_call_key_module);
	if (err)
		pr_err("the sites of vmlinux stay at their trampolines: %s (error %d)\n",
		       scrt_strerror(err), -err);
}

static bool vmlinux_is_at(uintptr_t site, uintptr_t lo, uintptr_t hi)
{
	return site <= hi && site + SCRT_SITE_BYTES > lo;
}

static bool vmlinux_has_site(const struct static_call_key_module *desc, uintptr_t lo, uintptr_t hi)
{
	const struct static_call_key_site *e = (void *)desc->sites_start;
	const struct static_call_key_guard *g = (void *)desc->guards_start;
	const struct static_call_key_dynamic *d = (void *)desc->dynamics_start;

	for (; e < (const struct static_call_key_site *)desc->sites_stop; e++)
		if (vmlinux_is_at(scrt_relative(&e->site), lo, hi))
			return true;
	for (; g < (const struct static_call_key_guard *)desc->guards_stop; g++)
		if (vmlinux_is_at(scrt_relative(&g->site), lo, hi))
			return true;
	for (; d < (const struct static_call_key_dynamic *)desc->dynamics_stop; d++)
		if (vmlinux_is_at(scrt_relative(&d->site), lo, hi))
			return true;
	return false;
}

/* Sites of init memory that is gone do not matter: nothing is there. */
int static_call_key_text_reserved(void *start, void *end)
{
	uintptr_t lo = (uintptr_t)start, hi = (uintptr_t)end;

	if (&static_call_key_module && vmlinux_has_site(&static_call_key_module, lo, hi))
		return 1;
	return scrt_text_descriptors(vmlinux_has_site, lo, hi);
}

static int __init modules_init(void)
{
	return scrt_modules_init();
}
early_initcall(modules_init);

void static_call_key_free_init_mem(void)
{
	scrt_forget((uintptr_t)__init_begin, (uintptr_t)__init_end);
	scrt_read_only((uintptr_t)__start_ro_after_init, (uintptr_t)__end_ro_after_init);
}
