// SPDX-License-Identifier: MIT
/*
 * register.c - modules come and go: their tables are read, their keys made known to
 * those who store to keys, and their sites patched.
 */
#include "dynamic.h"
#include "enter.h"
#include "follow.h"
#include "offers.h"
#include "port.h"
#include "registry.h"
#include "seal.h"
#include "sealed.h"
#include "select.h"
#include "sites.h"
#include "tables.h"
#include "totals.h"
#include "txn.h"
#include "where.h"
#include "withdraw.h"
#include "x86_64-body.h"

/* Prelinked, and as the file has it, and so it should be. */
static bool register_is_as_file(const struct scrt_module *m, uint32_t i)
{
	const struct scrt_record *r = &m->state[i];

	return r->flags & SCRT_RECORD_PRELINKED && r->cur == r->file &&
	       r->cur_body == r->file_body && scrt_key_read(m->records[i].key) == r->file;
}

/* The same of a module that has just come, whose sites were looked at: nothing is due. */
static bool register_is_done(const struct scrt_state *s, const struct scrt_module *m, uint32_t i)
{
	return register_is_as_file(m, i) && !(m->state[i].flags & SCRT_RECORD_MIXED) &&
	       !scrt_sealed(s, m->records[i].key) && !scrt_txn_body_is_due(s, &m->state[i]);
}

/*
 * Bring all sites of a module to their keys' targets, or to their trampolines; those that
 * the file has right may stay. The module is fresh if its sites have just been read, and are
 * right as they are.
 */
static int register_retarget(struct scrt_state *s, struct scrt_module *m, bool to_keys,
			     bool may_stay, bool fresh)
{
	struct scrt_txn t = { .state = s };
	uint32_t i;
	int err;

	for (i = 0; i < m->nrecords; i++) {
		const struct scrt_seal *seal;

		if (!scrt_is_indexed(m, i))
			continue;
		if (to_keys ? register_is_done(s, m, i) : may_stay && register_is_as_file(m, i))
			continue;
		/* Threads may run in such a form, and the key does not change. */
		if (!to_keys && scrt_body_stays(m->state[i].cur_body))
			continue;
		seal = scrt_sealed(s, m->records[i].key);
		scrt_txn_add(&t, m, i,
			     !to_keys ? scrt_trampoline(m, i)
			     : seal   ? seal->target
				      : scrt_key_read(m->records[i].key));
	}
	t.fresh = fresh && t.modules;
	t.unchecked = t.modules && (fresh || (!to_keys && m->dense));
	err = scrt_txn_run(&t, true);
	scrt_txn_finish(&t);
	return err;
}

/*
 * The module has told of bodies, or does so no more: bring sites to the forms that they
 * should have now. Where that is not possible they stay as they are, which is as right.
 */
static void register_bodies(struct scrt_state *s, const struct scrt_module *m)
{
	const struct scrt_registry *reg = s->registry;
	struct scrt_txn t = { .state = s };
	size_t i;

	if (!reg || !scrt_has_bodies(m))
		return;
	for (i = 0; i < reg->nrefs; i++) {
		const struct scrt_ref *ref = &reg->refs[i];
		const struct scrt_record *r = &ref->module->state[ref->record];

		if (scrt_txn_body_is_due(s, r))
			scrt_txn_add(&t, ref->module, ref->record, r->cur);
	}
	scrt_txn_run(&t, false);
	scrt_txn_finish(&t);
}

/*
 * Not all sites could be patched. Those that were go back, and from now on none of the module
 * changes; where they cannot, all go on. Of a prelinked module, none was.
 */
static void register_degrade(struct scrt_state *s, struct scrt_module *m, int err)
{
	bool prelinked = m->desc->flags & STATIC_CALL_KEY_MODULE_PRELINKED;

	if (!prelinked && !m->open_hi && register_retarget(s, m, false, true, false))
		return;
	if (m->open_hi)
		return;
	m->degraded = true;
	m->why = err;
}

/* Does any key hold what a site can lead to? */
static bool register_has_work(const struct scrt_module *m)
{
	struct scrt_site site = { .address = m->text_lo };
	uintptr_t target;
	uint32_t i;

	for (i = 0; i < m->nrecords; i++) {
		target = scrt_is_indexed(m, i) ? scrt_key_read(m->records[i].key) : 0;
		if (target && scrt_in_reach(&site, target))
			return true;
	}
	return false;
}

/*
 * Nearly all pages of the module's text will be written to: open it now, and let the port have
 * them copied in one go, before they are read, for which each would be mapped as it is.
 *
 * E: busy, as in a transaction, so that a child closes it.
 */
static bool register_open(struct scrt_state *s, struct scrt_module *m)
{
	if (SCRT_PORT_ROUNDS == 1 || !m->dense ||
	    m->desc->flags & STATIC_CALL_KEY_MODULE_PRELINKED || !register_has_work(m))
		return false;
	scrt_publish(&s->busy, true);
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	if (!scrt_window_open(m, m->sites_lo, m->sites_hi)) {
		scrt_text_fill(m, m->sites_lo, m->sites_hi);
		return true;
	}
	scrt_publish(&s->busy, false);
	return false;
}

/* If the transaction has not closed it. */
static void register_close(struct scrt_state *s, struct scrt_module *m)
{
	scrt_window_close(s, m);
	scrt_publish(&s->busy, false);
}

static struct scrt_module *register_find(struct scrt_state *s,
					 const struct static_call_key_module *desc)
{
	size_t i;

	for (i = 0; s->registry && i < s->registry->nmodules; i++)
		if (s->registry->modules[i]->desc == desc)
			return s->registry->modules[i];
	return NULL;
}

static void register_log(const struct scrt_state *s, const struct scrt_module *m)
{
	if (m->why || m->lost)
		scrt_log(s, m->desc, m->why ? m->why : -EILSEQ);
	else if (m->why_dynamic)
		scrt_log(s, m->desc, m->why_dynamic);
}

/*
 * What was prelinked, after all sites were to go to their keys' targets (err 0: they have). What
 * has to go elsewhere and cannot calls a function that was replaced. Under STATIC_CALL=off,
 * which leaves sites at their trampolines, these have no part in anything from now on.
 */
static void register_prelinked(struct scrt_state *s, struct scrt_module *m, int err)
{
	uint32_t i;

	if (!(m->desc->flags & STATIC_CALL_KEY_MODULE_PRELINKED) || (!err && !m->degraded))
		return;
	for (i = 0; i < m->nrecords; i++) {
		uintptr_t key = m->records[i].key;

		if (!scrt_is_indexed(m, i) || !(m->state[i].flags & SCRT_RECORD_PRELINKED))
			continue;
		if (s->off && !err) {
			m->state[i].flags &= ~SCRT_RECORD_PRELINKED;
			continue;
		}
		scrt_follow_best(s, key, key);
		scrt_stop_if_stale(s, key, key, err ? err : m->why);
	}
}

static int register_locked(struct scrt_state *s, struct static_call_key_module *desc)
{
	struct scrt_module *m;
	bool degraded, opened;
	int err;

	if (register_find(s, desc))
		return 0;
	if (desc->runtime)
		return -EBUSY;
	if (!scrt_descriptor_ok(desc))
		return -EINVAL;
	err = scrt_module_make(desc, &m);
	if (err)
		return err;
	/* E: a child that is forked before its sites were looked at leaves them alone. */
	degraded = m->degraded;
	m->degraded = true;
	err = scrt_registry_add(s, m);
	if (err) {
		scrt_free(m, m->bytes);
		return err;
	}
	desc->runtime = (uintptr_t)s;
	desc->flags &= ~STATIC_CALL_KEY_MODULE_GONE;
	m->serial = ++s->serial;
	s->offers++;
	scrt_choices_add(s, desc);
	if (s->off) {
		degraded = true;
		m->why = -ECANCELED;
	}

	/*
	 * B: a thread that stores to a key and finds no trace of it in the filter
	 * (core_may_hold_key()) does so before this barrier, and then its store is
	 * seen after it, when register_retarget() reads the key.
	 */
	scrt_where_add_module(s, m);
	scrt_sync_cores(s);
	opened = !degraded && register_open(s, m);
	scrt_module_begin(m);
	scrt_publish(&m->degraded, degraded);
	scrt_seal_register(s, m);
	err = register_retarget(s, m, !s->off, false,
				!(desc->flags & STATIC_CALL_KEY_MODULE_PRELINKED));
	if (opened)
		register_close(s, m);
	if (err)
		register_degrade(s, m, err);
	register_prelinked(s, m, err);
	register_bodies(s, m);
	scrt_dynamic_register(s, m);
	register_log(s, m);
	return 0;
}

int static_call_key_rt_register(struct static_call_key_module *desc)
{
	struct scrt_state *s;
	int err;

	if (!desc)
		return -EINVAL;
	err = scrt_enter(&s);
	if (err == -EDEADLK)
		return err;
	if (err) {
		if (desc->flags & STATIC_CALL_KEY_MODULE_PRELINKED)
			scrt_withdraw(desc);
		return err;
	}
	err = register_locked(s, desc);
	if (err) {
		s->refused = err;
		scrt_log(s, desc, err);
		if (desc->flags & STATIC_CALL_KEY_MODULE_PRELINKED && err != -EBUSY)
			scrt_withdraw(desc);
	}
	scrt_leave(s);
	if (!err)
		scrt_select_register(desc);
	return err;
}

/*
 * The sites go back to their trampolines: at exit, other destructors may still
 * call through them, and change keys. What is prelinked, and right, stays: such destructors
 * come to static_call_key_rt_store_unregistered(). Before, keys lose functions that this
 * module offers.
 */
void static_call_key_rt_unregister(struct static_call_key_module *desc)
{
	struct scrt_state *s;
	struct scrt_module *m;

	if (!desc)
		return;
	scrt_select_unregister(desc);
	if (scrt_enter(&s))
		return;
	m = register_find(s, desc);
	if (m) {
		scrt_totals_leave(s, m);
		scrt_dynamic_unregister(s, m);
		register_retarget(s, m, false, true, false);
		scrt_seal_unregister(s, m);
		if (desc->flags & STATIC_CALL_KEY_MODULE_PRELINKED)
			desc->flags |= STATIC_CALL_KEY_MODULE_GONE;
		desc->runtime = 0;
		scrt_registry_remove(s, m);
		s->offers++;
		scrt_choices_drop(s);
		register_bodies(s, m);
		scrt_free(m, m->bytes);
		if (!s->registry || !s->registry->nmodules)
			scrt_print_totals(s);
	}
	scrt_leave(s);
}
