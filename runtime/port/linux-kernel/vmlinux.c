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

/* Is a site of this table there? Its address is what each entry of any begins with. */
static bool vmlinux_table_has(uintptr_t start, uintptr_t stop, size_t bytes, uintptr_t lo,
			      uintptr_t hi)
{
	for (; start < stop; start += bytes) {
		uintptr_t site = scrt_relative((const int32_t *)start);

		if (site <= hi && site + SCRT_SITE_BYTES > lo)
			return true;
	}
	return false;
}

static bool vmlinux_has_site(const struct static_call_key_module *d, uintptr_t lo, uintptr_t hi)
{
	static_assert(!offsetof(struct static_call_key_site, site) &&
		      !offsetof(struct static_call_key_guard, site) &&
		      !offsetof(struct static_call_key_dynamic, site));

	return vmlinux_table_has(d->sites_start, d->sites_stop, STATIC_CALL_KEY_SITE_SIZE, lo,
				 hi) ||
	       vmlinux_table_has(d->guards_start, d->guards_stop, STATIC_CALL_KEY_GUARD_SIZE, lo,
				 hi) ||
	       vmlinux_table_has(d->dynamics_start, d->dynamics_stop, STATIC_CALL_KEY_DYNAMIC_SIZE,
				 lo, hi);
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
