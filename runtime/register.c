// SPDX-License-Identifier: MIT
/*
 * register.c - modules come and go: their tables are read, their keys made known to
 * those who store to keys, and their sites patched.
 */
#include "enter.h"
#include "port.h"
#include "registry.h"
#include "sites.h"
#include "tables.h"
#include "txn.h"

/* Let static_call_key_rt_store() know where keys with sites are. */
static void register_keys(struct scrt_state *s, const struct scrt_module *m)
{
	uint32_t i;
	int which;

	for (i = 0; i < m->nrecords; i++) {
		uintptr_t key = m->records[i].key;

		if (!scrt_is_indexed(m, i))
			continue;
		for (which = 0; which < 2; which++) {
			size_t bit = scrt_filter_bit(key >> SCRT_LINE_SHIFT, which);

			__atomic_fetch_or(&s->filter[bit / 64], 1ull << bit % 64, __ATOMIC_RELAXED);
		}
		if (key < s->key_lo)
			__atomic_store_n(&s->key_lo, key, __ATOMIC_RELAXED);
		if (key > s->key_hi)
			__atomic_store_n(&s->key_hi, key, __ATOMIC_RELAXED);
	}
}

/*
 * C: the range first grows upwards from where it starts, and then starts lower. Compiled
 * code reads where it starts, and then how long it is, so it never takes a new start with
 * an old length, and whatever it has read holds all that was in the range.
 */
static void register_range_store(struct static_call_key_module *d, uintptr_t lo, uintptr_t hi)
{
	scrt_publish(&d->range_span, hi - lo);
	scrt_publish(&d->range_lo, lo);
}

static void register_range_add(struct scrt_state *s, uintptr_t at, uint64_t size)
{
	uintptr_t end = size > UINTPTR_MAX - at ? UINTPTR_MAX : at + size;

	if (at < STATIC_CALL_KEY_LOWEST)
		return; /* a weak object that is not there */
	if (s->range_hi == 0 || at < s->range_lo)
		s->range_lo = at;
	if (end > s->range_hi)
		s->range_hi = end;
}

/*
 * Tell all modules where keys may be: in the variables that modules define, so that
 * these are known before any code can store to them, and in those that calls of this
 * module go through. The range never shrinks.
 */
static void register_range(struct scrt_state *s, const struct scrt_module *m)
{
	const struct static_call_key_object *o =
		(const struct static_call_key_object *)(uintptr_t)m->desc->objects_start;
	const struct static_call_key_object *end =
		(const struct static_call_key_object *)(uintptr_t)m->desc->objects_stop;
	uintptr_t lo = s->range_lo, hi = s->range_hi;
	size_t i;

	for (; o < end; o++)
		register_range_add(s, o->address, o->size);
	for (i = 0; i < m->nrecords; i++) {
		const struct static_call_key_record *r = &m->records[i];

		if (!scrt_is_indexed(m, i))
			continue;
		register_range_add(s, r->key, sizeof(uintptr_t));
		if (r->offset < r->key)
			register_range_add(s, r->key - r->offset, r->object);
	}
	for (i = 0; i < s->registry->nmodules; i++)
		if (s->registry->modules[i] == m || lo != s->range_lo || hi != s->range_hi)
			register_range_store(s->registry->modules[i]->desc, s->range_lo,
					     s->range_hi);
}

/* Bring all sites of a module to their keys' targets, or to their trampolines. */
static int register_retarget(struct scrt_state *s, struct scrt_module *m, bool to_keys)
{
	struct scrt_txn t = { .state = s };
	uint32_t i;
	int err;

	for (i = 0; i < m->nrecords; i++) {
		if (scrt_is_indexed(m, i))
			scrt_txn_add(&t, m, i,
				     to_keys ? scrt_key_read(m->records[i].key)
					     : scrt_trampoline(m, i));
	}
	err = scrt_txn_run(&t, true);
	scrt_txn_finish(&t);
	return err;
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
	uint32_t k, end = m->state[m->nrecords].first;

	for (k = 0; k < end && !m->why; k++)
		if (m->order[k] & SCRT_UNPATCHABLE)
			break;
	if (m->why || k < end)
		scrt_log(s, m->desc, m->why ? m->why : -EILSEQ);
}

static int register_locked(struct scrt_state *s, struct static_call_key_module *desc)
{
	struct scrt_module *m;
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
	err = scrt_registry_add(s, m);
	if (err) {
		scrt_free(m, m->bytes);
		return err;
	}
	desc->runtime = (uintptr_t)s;
	m->serial = ++s->serial;
	if (s->off) {
		m->degraded = true;
		m->why = -ECANCELED;
	}

	/*
	 * B: a thread that stores to a key and finds no trace of it in the filter
	 * (core_may_hold_key()) does so before this barrier, and then its store is
	 * seen after it, when register_retarget() reads the key.
	 */
	register_keys(s, m);
	register_range(s, m);
	scrt_sync_cores(s);
	err = register_retarget(s, m, true);
	if (err && !m->open_hi) {
		m->degraded = true;
		m->why = err;
	}
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
	if (err)
		return err;
	err = register_locked(s, desc);
	if (err) {
		s->refused = err;
		scrt_log(s, desc, err);
	}
	scrt_leave(s);
	return err;
}

/*
 * The sites go back to their trampolines: at exit, other destructors may still
 * call through them, and change keys.
 */
void static_call_key_rt_unregister(struct static_call_key_module *desc)
{
	struct scrt_state *s;
	struct scrt_module *m;

	if (!desc || scrt_enter(&s))
		return;
	m = register_find(s, desc);
	if (m) {
		register_retarget(s, m, false);
		desc->runtime = 0;
		scrt_registry_remove(s, m);
		scrt_free(m, m->bytes);
	}
	scrt_leave(s);
}
