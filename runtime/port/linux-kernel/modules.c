// SPDX-License-Identifier: MIT
/*
 * modules.c - loadable modules: their tables are registered
 * before their init function runs, forgotten with their init memory, sealed where they
 * are __ro_after_init, and unregistered when they go.
 *
 * The plugin writes a descriptor, static_call_key_module, into each module that
 * has keyed calls. The module's own symbol table tells where; the bounds of the
 * tables in it come from a linker script (static_call_key.lds), for want of which
 * the calls of the module stay at their trampolines.
 *
 * A module with tables of another version, or with tables that do not add up,
 * is not loaded; module-text.c looks at what they point to.
 *
 * Asynchronous code of init functions that runs on when the init function has
 * returned reaches the targets of that moment.
 */
#include <linux/mm.h>
#include <linux/notifier.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include <linux/version.h>

#include "dynamic.h"
#include "enter.h"
#include "linux-kernel.h"
#include "strerror.h"

#undef pr_fmt
#define pr_fmt(fmt) "static_call_key: " fmt

#ifndef CONFIG_MODULES

int scrt_modules_init(void)
{
	return 0;
}

#else

#ifndef CONFIG_KALLSYMS
#error "finding the tables of a module needs CONFIG_KALLSYMS"
#endif

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)

static void module_forget(const struct module *mod, bool core)
{
	for_each_mod_mem_type(type) {
		uintptr_t lo = (uintptr_t)mod->mem[type].base;

		if (core || mod_mem_type_is_init(type))
			scrt_forget(lo, lo + mod->mem[type].size);
	}
}

static void module_read_only(const struct module *mod)
{
	uintptr_t lo = (uintptr_t)mod->mem[MOD_RO_AFTER_INIT].base;

	scrt_read_only(lo, lo + mod->mem[MOD_RO_AFTER_INIT].size);
}

#else

static void module_forget_layout(const struct module_layout *layout)
{
	scrt_forget((uintptr_t)layout->base, (uintptr_t)layout->base + layout->size);
}

static void module_forget(const struct module *mod, bool core)
{
	module_forget_layout(&mod->init_layout);
	if (core)
		module_forget_layout(&mod->core_layout);
}

static void module_read_only(const struct module *mod)
{
	uintptr_t base = (uintptr_t)mod->core_layout.base;

	scrt_read_only(base + mod->core_layout.ro_size, base + mod->core_layout.ro_after_init_size);
}

#endif

/* Is all of it the module's? Memory between two parts of it is unmapped. */
static bool module_owns(const struct module *mod, uintptr_t lo, uintptr_t hi)
{
	uintptr_t page;

	if (lo >= hi || !within_module_core(lo, mod) || !within_module_core(hi - 1, mod))
		return false;
	for (page = PAGE_ALIGN(lo); page < hi; page += PAGE_SIZE)
		if (!within_module_core(page, mod))
			return false;
	return true;
}

static bool module_owns_table(const struct module *mod, uintptr_t start, uintptr_t stop)
{
	return start == stop || module_owns(mod, start, stop);
}

static bool module_owns_room(const struct module *mod, uintptr_t address)
{
	const struct static_call_key_room *room = (void *)address;

	return !room || (module_owns(mod, address, address + sizeof(*room)) &&
			 module_owns_table(mod, room->code_start, room->code_stop) &&
			 module_owns_table(mod, room->data_start, room->data_stop));
}

static struct static_call_key_module *module_descriptor(const struct module *mod)
{
	const struct mod_kallsyms *syms = rcu_dereference_protected(mod->kallsyms, true);
	unsigned int i;

	for (i = 0; i < syms->num_symtab; i++) {
		const Elf_Sym *sym = &syms->symtab[i];

		if (sym->st_shndx != SHN_UNDEF &&
		    !strcmp(syms->strtab + sym->st_name, "static_call_key_module") &&
		    module_owns(mod, sym->st_value, sym->st_value + STATIC_CALL_KEY_MODULE_SIZE))
			return (struct static_call_key_module *)sym->st_value;
	}
	return NULL;
}

/* Can the tables be read at all? What is in them is for the registry to judge. */
static int module_check(const struct module *mod, const struct static_call_key_module *desc)
{
	if (desc->version != STATIC_CALL_KEY_ABI_VERSION ||
	    desc->size != STATIC_CALL_KEY_MODULE_SIZE) {
		pr_err("%s: not loaded: its tables of call sites have version %u, and this runtime knows version %u: build both with the same plugin\n",
		       mod->name, desc->version, STATIC_CALL_KEY_ABI_VERSION);
		return -ENOEXEC;
	}
	if (module_owns_table(mod, desc->sites_start, desc->sites_stop) &&
	    module_owns_table(mod, desc->records_start, desc->records_stop) &&
	    module_owns_table(mod, desc->targets_start, desc->targets_stop) &&
	    module_owns_table(mod, desc->guards_start, desc->guards_stop) &&
	    module_owns_table(mod, desc->bodies_start, desc->bodies_stop) &&
	    module_owns_table(mod, desc->offers_start, desc->offers_stop) &&
	    module_owns_table(mod, desc->dynamics_start, desc->dynamics_stop) &&
	    module_owns_room(mod, desc->room))
		return 0;
	pr_err("%s: not loaded: its tables of call sites are not in its memory\n", mod->name);
	return -EINVAL;
}

static int module_coming(struct module *mod)
{
	struct static_call_key_module *desc = module_descriptor(mod);
	struct scrt_text *text;
	int err;

	if (!desc)
		return 0;
	if (desc->version == STATIC_CALL_KEY_ABI_VERSION && !desc->sites_start &&
	    !desc->records_start && !desc->dynamics_start) {
		pr_warn("%s: linked without static_call_key.lds: its calls go through trampolines\n",
			mod->name);
		return 0;
	}
	err = module_check(mod, desc);
	if (err)
		return err;
	text = scrt_text_add(mod, desc);
	if (!text)
		return -ENOMEM;
	err = static_call_key_rt_register(desc);
	if (!err)
		return 0;
	pr_err("%s: not loaded: its tables of call sites: %s (error %d)\n", mod->name,
	       text->wrong ? text->wrong : scrt_strerror(err), -err);
	scrt_text_remove(text);
	return err;
}

static void module_going(struct scrt_text *text)
{
	static_call_key_rt_unregister(text->desc);
	scrt_text_remove(text);
}

static int module_changes(struct notifier_block *nb, unsigned long event, void *data)
{
	struct module *mod = data;
	struct scrt_text *text;

	switch (event) {
	case MODULE_STATE_COMING:
		return notifier_from_errno(module_coming(mod));
	case MODULE_STATE_LIVE:
		module_forget(mod, false);
		/* The init function has returned; the kernel does this next. */
		module_read_only(mod);
		break;
	case MODULE_STATE_GOING:
		text = scrt_text_find(mod, NULL);
		if (text)
			module_going(text);
		module_forget(mod, true);
		break;
	}
	return NOTIFY_OK;
}

static struct notifier_block module_notifier = { .notifier_call = module_changes };

int scrt_modules_init(void)
{
	return register_module_notifier(&module_notifier);
}

static void modules_keep(bool keep)
{
#ifdef MODULE
	struct scrt_state *s;

	if (!keep)
		scrt_learn_exit();
	scrt_room_keep(keep);
	if (keep || scrt_enter(&s))
		return;
	scrt_dynamic_drop(s);
	scrt_leave(s);
#endif
}

void scrt_modules_exit(void)
{
	struct scrt_text *text;

	unregister_module_notifier(&module_notifier);
	/* Threads of modules that stay may be on their way here. */
	modules_keep(true);
	while ((text = scrt_text_any()))
		module_going(text);
	modules_keep(false);
}

#endif /* CONFIG_MODULES */
