// SPDX-License-Identifier: MIT
/*
 * os-linux-kernel-modules.c - loadable modules: their tables are registered
 * before their init function runs, forgotten with their init memory, and
 * unregistered when they go.
 *
 * The plugin writes a descriptor, static_call_key_module, into each module that
 * has keyed calls. The module's own symbol table tells where; the bounds of the
 * tables in it come from a linker script (static_call_key.lds), for want of which
 * the calls of the module stay at their trampolines.
 *
 * A module with tables of another version, or with tables that do not add up,
 * is not loaded. Nothing outside of the module's memory is read or written on
 * the word of its tables, but the keys.
 *
 * Asynchronous code of init functions that runs on when the init function has
 * returned reaches the targets of that moment.
 */
#include <linux/mm.h>
#include <linux/notifier.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#include "os-linux-kernel.h"
#include "x86_64.h"

#undef pr_fmt
#define pr_fmt(fmt) "static_call_key: " fmt

#ifndef CONFIG_MODULES

int scrt_modules_init(void)
{
	return 0;
}

int scrt_modules_text(struct scrt_module *m)
{
	return 0;
}

#else

#ifndef CONFIG_KALLSYMS
#error "finding the tables of a module needs CONFIG_KALLSYMS"
#endif

static LIST_HEAD(texts);
static DEFINE_SPINLOCK(texts_lock);

/* ---- the layout of a module ---- */

struct span {
	uintptr_t lo, hi;
};

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)

static struct span mem_span(const struct module *mod, enum mod_mem_type type)
{
	uintptr_t base = (uintptr_t)mod->mem[type].base;

	return (struct span){ base, base + mod->mem[type].size };
}

static struct span text_span(const struct module *mod, bool init)
{
	return mem_span(mod, init ? MOD_INIT_TEXT : MOD_TEXT);
}

static void forget_memory(const struct module *mod, bool core)
{
	for_each_mod_mem_type(type) {
		struct span r = mem_span(mod, type);

		if (core || mod_mem_type_is_init(type))
			scrt_forget(r.lo, r.hi);
	}
}

#else

static struct span text_span(const struct module *mod, bool init)
{
	const struct module_layout *layout = init ? &mod->init_layout : &mod->core_layout;
	uintptr_t base = (uintptr_t)layout->base;

	return (struct span){ base, base + layout->text_size };
}

static void forget_layout(const struct module_layout *layout)
{
	scrt_forget((uintptr_t)layout->base, (uintptr_t)layout->base + layout->size);
}

static void forget_memory(const struct module *mod, bool core)
{
	forget_layout(&mod->init_layout);
	if (core)
		forget_layout(&mod->core_layout);
}

#endif

/* Is all of it the module's? Memory between two parts of it is unmapped. */
static bool own_memory(const struct module *mod, uintptr_t lo, uintptr_t hi)
{
	uintptr_t page;

	if (lo >= hi || !within_module_core(lo, mod) || !within_module_core(hi - 1, mod))
		return false;
	for (page = PAGE_ALIGN(lo); page < hi; page += PAGE_SIZE)
		if (!within_module_core(page, mod))
			return false;
	return true;
}

static bool own_table(const struct module *mod, uintptr_t start, uintptr_t stop)
{
	return start == stop || own_memory(mod, start, stop);
}

static bool own_string(const struct module *mod, const char *s)
{
	for (; within_module((uintptr_t)s, mod); s++)
		if (!*s)
			return true;
	return false;
}

/* ---- the tables ---- */

static struct static_call_key_module *find_descriptor(const struct module *mod)
{
	const struct mod_kallsyms *syms = rcu_dereference_protected(mod->kallsyms, true);
	unsigned int i;

	for (i = 0; i < syms->num_symtab; i++) {
		const Elf_Sym *sym = &syms->symtab[i];

		if (sym->st_shndx != SHN_UNDEF &&
		    !strcmp(syms->strtab + sym->st_name, "static_call_key_module") &&
		    own_memory(mod, sym->st_value, sym->st_value + STATIC_CALL_KEY_MODULE_SIZE))
			return (struct static_call_key_module *)sym->st_value;
	}
	return NULL;
}

static struct scrt_text *find_text(const struct module *mod,
				   const struct static_call_key_module *desc)
{
	struct scrt_text *text, *found = NULL;

	spin_lock(&texts_lock);
	list_for_each_entry(text, &texts, list)
		if (text->mod == mod || text->desc == desc)
			found = text;
	spin_unlock(&texts_lock);
	return found;
}

static bool key_readable(uintptr_t key)
{
	uintptr_t word;

	return key < STATIC_CALL_KEY_LOWEST || !get_kernel_nofault(word, (uintptr_t *)key);
}

/* What is wrong with what the tables point to, or NULL. */
static const char *check_addresses(const struct scrt_module *m, struct scrt_text *text)
{
	uint32_t i;

	for (i = 0; i < m->nsites; i++)
		if (!scrt_area_of(text, scrt_relative(&m->sites[i].site), SCRT_SITE_BYTES))
			return "a call site is not in the module's text";
	for (i = 0; i < m->nrecords; i++) {
		const char *name = scrt_name(m, i);

		if (!scrt_area_of(text, scrt_trampoline(m, i), 1))
			return "a trampoline is not in the module's text";
		if (name && !own_string(text->mod, name))
			return "the name of a key is not in the module";
		if (!key_readable(m->records[i].key))
			return "a key is not in memory";
	}
	return NULL;
}

int scrt_modules_text(struct scrt_module *m)
{
	m->text = find_text(NULL, m->desc);
	if (m->text)
		m->text->wrong = check_addresses(m, m->text);
	return m->text && m->text->wrong ? -EFAULT : 0;
}

/* Can the tables be read at all? What is in them is for the registry to judge. */
static int check_descriptor(const struct module *mod, const struct static_call_key_module *desc)
{
	if (desc->version != STATIC_CALL_KEY_ABI_VERSION ||
	    desc->size != STATIC_CALL_KEY_MODULE_SIZE) {
		pr_err("%s: not loaded: its tables of call sites have version %u, and this runtime knows version %u: build both with the same plugin\n",
		       mod->name, desc->version, STATIC_CALL_KEY_ABI_VERSION);
		return -ENOEXEC;
	}
	if (own_table(mod, desc->sites_start, desc->sites_stop) &&
	    own_table(mod, desc->records_start, desc->records_stop) &&
	    own_table(mod, desc->targets_start, desc->targets_stop))
		return 0;
	pr_err("%s: not loaded: its tables of call sites are not in its memory\n", mod->name);
	return -EINVAL;
}

/* ---- modules come and go ---- */

static int module_coming(struct module *mod)
{
	struct static_call_key_module *desc = find_descriptor(mod);
	struct scrt_text *text;
	unsigned int i;
	int err;

	if (!desc)
		return 0;
	if (desc->version == STATIC_CALL_KEY_ABI_VERSION && !desc->sites_start &&
	    !desc->records_start) {
		pr_warn("%s: linked without static_call_key.lds: its calls go through trampolines\n",
			mod->name);
		return 0;
	}
	err = check_descriptor(mod, desc);
	if (err)
		return err;
	text = kzalloc(sizeof(*text), GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	text->mod = mod;
	text->desc = desc;
	for (i = 0; i < ARRAY_SIZE(text->areas); i++) {
		struct span span = text_span(mod, i);

		text->areas[i].lo = span.lo;
		text->areas[i].hi = span.hi;
	}
	spin_lock(&texts_lock);
	list_add(&text->list, &texts);
	spin_unlock(&texts_lock);

	err = static_call_key_rt_register(desc);
	if (!err)
		return 0;
	pr_err("%s: not loaded: its tables of call sites: %s (error %d)\n", mod->name,
	       text->wrong ? text->wrong : scrt_strerror(err), -err);
	spin_lock(&texts_lock);
	list_del(&text->list);
	spin_unlock(&texts_lock);
	kfree(text);
	return err;
}

static void text_remove(struct scrt_text *text)
{
	static_call_key_rt_unregister(text->desc);
	spin_lock(&texts_lock);
	list_del(&text->list);
	spin_unlock(&texts_lock);
	kfree(text);
}

static int module_changes(struct notifier_block *nb, unsigned long event, void *data)
{
	struct module *mod = data;
	struct scrt_text *text;

	switch (event) {
	case MODULE_STATE_COMING:
		return notifier_from_errno(module_coming(mod));
	case MODULE_STATE_LIVE:
		forget_memory(mod, false);
		break;
	case MODULE_STATE_GOING:
		text = find_text(mod, NULL);
		if (text)
			text_remove(text);
		forget_memory(mod, true);
		break;
	}
	return NOTIFY_OK;
}

static struct notifier_block module_notifier = { .notifier_call = module_changes };

int scrt_modules_init(void)
{
	return register_module_notifier(&module_notifier);
}

void scrt_modules_exit(void)
{
	struct scrt_text *text, *next;

	unregister_module_notifier(&module_notifier);
	list_for_each_entry_safe(text, next, &texts, list)
		text_remove(text);
}

#endif /* CONFIG_MODULES */
