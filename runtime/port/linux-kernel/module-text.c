// SPDX-License-Identifier: MIT
/*
 * module-text.c - the loadable modules that have sites: where their text lies, and do
 * their tables stay within it?
 *
 * Nothing outside of the module's memory is read or written on the word of its tables,
 * but the keys.
 */
#include <linux/jump_label.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#include "guards.h"
#include "linux-kernel.h"
#include "offers.h"

#ifndef CONFIG_MODULES

int scrt_modules_text(struct scrt_module *m)
{
	return 0;
}

bool scrt_text_descriptors(bool (*test)(const struct static_call_key_module *desc, uintptr_t lo,
					uintptr_t hi),
			   uintptr_t lo, uintptr_t hi)
{
	return false;
}

#else

static LIST_HEAD(texts);
static DEFINE_SPINLOCK(texts_lock);

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)

static void text_area(const struct module *mod, bool init, struct scrt_area *area)
{
	enum mod_mem_type type = init ? MOD_INIT_TEXT : MOD_TEXT;

	area->lo = (uintptr_t)mod->mem[type].base;
	area->hi = area->lo + mod->mem[type].size;
}

#else

static void text_area(const struct module *mod, bool init, struct scrt_area *area)
{
	const struct module_layout *layout = init ? &mod->init_layout : &mod->core_layout;

	area->lo = (uintptr_t)layout->base;
	area->hi = area->lo + layout->text_size;
}

#endif

struct scrt_text *scrt_text_add(struct module *mod, struct static_call_key_module *desc)
{
	struct scrt_text *text = kzalloc(sizeof(*text), GFP_KERNEL);

	if (!text)
		return NULL;
	text->mod = mod;
	text->desc = desc;
	text_area(mod, false, &text->areas[0]);
	text_area(mod, true, &text->areas[1]);
	spin_lock(&texts_lock);
	list_add(&text->list, &texts);
	spin_unlock(&texts_lock);
	return text;
}

void scrt_text_remove(struct scrt_text *text)
{
	spin_lock(&texts_lock);
	list_del(&text->list);
	spin_unlock(&texts_lock);
	kfree(text);
}

struct scrt_text *scrt_text_any(void)
{
	return list_first_entry_or_null(&texts, struct scrt_text, list);
}

struct scrt_text *scrt_text_find(const struct module *mod,
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

bool scrt_text_descriptors(bool (*test)(const struct static_call_key_module *desc, uintptr_t lo,
					uintptr_t hi),
			   uintptr_t lo, uintptr_t hi)
{
	struct scrt_text *text;
	bool found = false;

	spin_lock(&texts_lock);
	list_for_each_entry(text, &texts, list)
		found |= test(text->desc, lo, hi);
	spin_unlock(&texts_lock);
	return found;
}

struct static_key *scrt_text_jump_label(const struct module *mod, uintptr_t address)
{
#ifdef CONFIG_JUMP_LABEL
	struct jump_entry *e, *end = mod->jump_entries + mod->num_jump_entries;

	for (e = mod->jump_entries; e < end; e++)
		if (jump_entry_code(e) == address)
			return jump_entry_key(e);
#endif
	return NULL;
}

static bool text_own_string(const struct module *mod, const char *s)
{
	for (; within_module((uintptr_t)s, mod); s++)
		if (!*s)
			return true;
	return false;
}

static bool text_key_readable(uintptr_t key)
{
	uintptr_t word;

	return key < STATIC_CALL_KEY_LOWEST || !get_kernel_nofault(word, (uintptr_t *)key);
}

/* What is wrong with what this entry of a guard points to, or NULL. */
static const char *text_check_guard(const struct static_call_key_guard *e, struct scrt_text *text)
{
	if (!scrt_area_of(text, scrt_relative(&e->slow), 1))
		return "the slow path of a guard is not in the module's text";
	if (e->body)
		return "a guard leads elsewhere than on, or to its slow path";
	if (e->target && !within_module_core(scrt_relative(&e->target), text->mod))
		return "the word of a guard's function is not in the module";
#ifdef MODULE
	/* A kernel that has the runtime built in patches guards itself. */
	if (!scrt_text_jump_label(text->mod, scrt_relative(&e->site)))
		return "a guard is none of the module's jump labels";
#endif
	return NULL;
}

/* What is wrong with what an entry of a dynamic call points to, or NULL. */
static const char *text_check_dynamic(const struct static_call_key_dynamic *e,
				      struct scrt_text *text)
{
	uintptr_t word = scrt_relative(&e->state);
	const struct static_call_key_state *state =
		(void *)(word & ~(uintptr_t)STATIC_CALL_KEY_DYNAMIC_FLAGS);

	if (!scrt_area_of(text, scrt_relative(&e->site), SCRT_SITE_BYTES))
		return "a dynamic call is not in the module's text";
	if (word & STATIC_CALL_KEY_DYNAMIC_FLAGS & ~STATIC_CALL_KEY_DYNAMIC_KNOWN ||
	    (uintptr_t)state % STATIC_CALL_KEY_STATE_SIZE ||
	    !within_module_core((uintptr_t)state, text->mod) ||
	    !within_module_core((uintptr_t)(state + 1) - 1, text->mod))
		return "the state of a dynamic call is not in the module";
	if (!scrt_area_of(text, scrt_relative(&state->entry), 1) ||
	    !scrt_area_of(text, scrt_relative(&state->entry_known), 1) ||
	    !scrt_area_of(text, scrt_relative(&state->plain), SCRT_SITE_BYTES))
		return "the state of a dynamic call leads out of the module's text";
	if (state->name && !text_own_string(text->mod, (void *)scrt_relative(&state->name)))
		return "the name of a state is not in the module";
	return NULL;
}

/* The same of all of them, and of the room for what they learn. */
static const char *text_check_dynamics(const struct static_call_key_module *desc,
				       struct scrt_text *text)
{
	const struct static_call_key_room *room = (void *)desc->room;
	const struct static_call_key_dynamic *e = (void *)desc->dynamics_start;
	const char *wrong;

	for (; e < (const struct static_call_key_dynamic *)desc->dynamics_stop; e++) {
		wrong = text_check_dynamic(e, text);
		if (wrong)
			return wrong;
	}
	if (room && room->code_start != room->code_stop &&
	    !scrt_area_of(text, room->code_start, room->code_stop - room->code_start))
		return "the room for code is not in the module's text";
	return NULL;
}

/* What is wrong with what the tables point to, or NULL. */
static const char *text_check_addresses(const struct scrt_module *m, struct scrt_text *text)
{
	const char *wrong;
	uint32_t i;

	for (i = 0; i < m->nsites + m->nguards; i++)
		if (!scrt_area_of(text, scrt_site_address(m, i), SCRT_SITE_BYTES))
			return "a call site is not in the module's text";
	for (i = 0; i < m->nguards; i++) {
		wrong = text_check_guard(&m->guards[i], text);
		if (wrong)
			return wrong;
	}
	for (i = 0; i < m->nrecords; i++) {
		const char *name = scrt_name(m, i);

		if (!scrt_area_of(text, scrt_trampoline(m, i), 1))
			return "a trampoline is not in the module's text";
		if (name && !text_own_string(text->mod, name))
			return "the name of a key is not in the module";
		if (!text_key_readable(m->records[i].key))
			return "a key is not in memory";
	}
	for (i = 0; i < scrt_offer_count(m->desc); i++) {
		const struct static_call_key_offer *o = scrt_offer_at(m->desc, i);

		if (!text_own_string(text->mod, (const char *)o->key_name) ||
		    !text_own_string(text->mod, (const char *)o->name))
			return "the name of an offer is not in the module";
		if (!text_key_readable(o->key))
			return "a key that something is offered to is not in memory";
	}
	return text_check_dynamics(m->desc, text);
}

int scrt_modules_text(struct scrt_module *m)
{
	m->text = scrt_text_find(NULL, m->desc);
	if (m->text)
		m->text->wrong = text_check_addresses(m, m->text);
	return m->text && m->text->wrong ? -EFAULT : 0;
}

#endif /* CONFIG_MODULES */
