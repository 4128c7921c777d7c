// SPDX-License-Identifier: MIT
/*
 * os-linux-kernel-vmlinux.c - the tables of vmlinux itself, in a kernel that has the
 * runtime built in: registered at boot, and those of init memory forgotten with it.
 *
 * Exit functions of what is built in are in the image while it boots, but they never
 * run, and are no text to the kernel: their sites are left as they are.
 */
#include <linux/kernel.h>
#include <linux/sched.h>
#include <asm/sections.h>

#include "os-linux-kernel.h"
#include "x86_64.h"

#undef pr_fmt
#define pr_fmt(fmt) "static_call_key: " fmt

/* The plugin's; a vmlinux without keyed calls has none. */
extern struct static_call_key_module static_call_key_module __weak;
extern struct static_call_key_site __start_static_call_key_sites[] __weak;
extern struct static_call_key_site __stop_static_call_key_sites[] __weak;

/* vmlinux is one piece with this file; modules are not. */
int scrt_text_check(struct scrt_module *m)
{
	int err = scrt_modules_text(m);
	uint32_t i;

	if (err)
		return err;
	if (m->text)
		return IS_ENABLED(CONFIG_UML); /* which maps them writable for good */
	for (i = 0; i < m->nsites; i++)
		if (!memory_contains(_stext, _end, (void *)scrt_relative(&m->sites[i].site),
				     SCRT_SITE_BYTES))
			return -EFAULT;
	return 0;
}

bool scrt_text_never_runs(const struct scrt_module *m, uintptr_t site)
{
	return !m->text && !kernel_text_address(site);
}

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

static int __init modules_init(void)
{
	return scrt_modules_init();
}
early_initcall(modules_init);

void static_call_key_free_init_mem(void)
{
	scrt_forget((uintptr_t)__init_begin, (uintptr_t)__init_end);
}
