// SPDX-License-Identifier: MIT
/*
 * registry.c - modules come and go, and which module calls through which key.
 */
#include "internal.h"

size_t scrt_lookup(const struct scrt_registry *reg, uintptr_t key)
{
	size_t lo = 0, hi = reg->nrefs;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (reg->refs[mid].key < key)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* ---- the registry ---- */

static bool is_indexed(const struct scrt_module *m, uint32_t record)
{
	return m->records[record].key >= STATIC_CALL_KEY_LOWEST &&
	       m->state[record].first != m->state[record + 1].first;
}

static struct scrt_registry *registry_alloc(size_t nmodules, size_t nrefs)
{
	size_t bytes = sizeof(struct scrt_registry) + nmodules * sizeof(struct scrt_module *) +
		       nrefs * sizeof(struct scrt_ref);
	struct scrt_registry *reg = scrt_alloc(bytes);

	if (!reg)
		return NULL;
	reg->bytes = bytes;
	reg->nmodules = nmodules;
	reg->nrefs = nrefs;
	reg->modules = (struct scrt_module **)(reg + 1);
	reg->refs = (struct scrt_ref *)(reg->modules + nmodules);
	return reg;
}

static void registry_publish(struct scrt_state *s, struct scrt_registry *reg)
{
	struct scrt_registry *old = s->registry;

	scrt_publish(&s->registry, reg);
	if (old)
		scrt_free(old, old->bytes);
}

/* Merge two ascending runs; of equal keys, those of a come first. */
static void merge(struct scrt_ref *to, const struct scrt_ref *a, size_t na,
		  const struct scrt_ref *b, size_t nb)
{
	while (na && nb) {
		if (b->key < a->key) {
			*to++ = *b++;
			nb--;
		} else {
			*to++ = *a++;
			na--;
		}
	}
	for (; na; na--)
		*to++ = *a++;
	for (; nb; nb--)
		*to++ = *b++;
}

/* Sort n references, with room for as many behind them; where they are then. */
static struct scrt_ref *sort_refs(struct scrt_ref *refs, size_t n)
{
	struct scrt_ref *from = refs, *to = refs + n, *swap;
	size_t run, i;

	for (run = 1; run < n; run *= 2) {
		for (i = 0; i < n; i += 2 * run) {
			size_t na = n - i < run ? n - i : run;
			size_t nb = n - i - na < run ? n - i - na : run;

			merge(to + i, from + i, na, from + i + na, nb);
		}
		swap = from;
		from = to;
		to = swap;
	}
	return from;
}

static int registry_add(struct scrt_state *s, struct scrt_module *m)
{
	struct scrt_registry *old = s->registry, *reg;
	size_t nmodules = old ? old->nmodules : 0, nrefs = old ? old->nrefs : 0;
	struct scrt_ref *scratch;
	size_t n = 0, i;

	for (i = 0; i < m->nrecords; i++)
		n += is_indexed(m, i);

	reg = registry_alloc(nmodules + 1, nrefs + n);
	scratch = scrt_alloc((2 * n + 1) * sizeof(*scratch));
	if (!reg || !scratch) {
		if (reg)
			scrt_free(reg, reg->bytes);
		if (scratch)
			scrt_free(scratch, (2 * n + 1) * sizeof(*scratch));
		return -ENOMEM;
	}

	for (i = 0; i < nmodules; i++)
		reg->modules[i] = old->modules[i];
	reg->modules[nmodules] = m;

	n = 0;
	for (i = 0; i < m->nrecords; i++) {
		if (!is_indexed(m, i))
			continue;
		scratch[n].key = m->records[i].key;
		scratch[n].module = m;
		scratch[n].record = i;
		n++;
	}
	merge(reg->refs, old ? old->refs : NULL, nrefs, sort_refs(scratch, n), n);
	scrt_free(scratch, (2 * n + 1) * sizeof(*scratch));
	registry_publish(s, reg);
	return 0;
}

/* Without memory for a new one the old is changed: only a fork would mind. */
static void registry_remove(struct scrt_state *s, struct scrt_module *m)
{
	struct scrt_registry *old = s->registry, *reg;
	size_t n = 0, i;

	if (old->nmodules == 1) {
		registry_publish(s, NULL);
		return;
	}
	for (i = 0; i < old->nrefs; i++)
		n += old->refs[i].module != m;
	reg = registry_alloc(old->nmodules - 1, n);
	if (!reg)
		reg = old;

	n = 0;
	for (i = 0; i < old->nmodules; i++)
		if (old->modules[i] != m)
			reg->modules[n++] = old->modules[i];
	reg->nmodules = n;
	n = 0;
	for (i = 0; i < old->nrefs; i++)
		if (old->refs[i].module != m)
			reg->refs[n++] = old->refs[i];
	reg->nrefs = n;
	if (reg != old)
		registry_publish(s, reg);
}

/* Let static_call_key_rt_store() know where keys with sites are. */
static void announce_keys(struct scrt_state *s, const struct scrt_module *m)
{
	uint32_t i;
	int which;

	for (i = 0; i < m->nrecords; i++) {
		uintptr_t key = m->records[i].key;

		if (!is_indexed(m, i))
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
 * The range first grows upwards from where it starts, and then starts lower, so that
 * compiled code, which reads the two words one by one, always sees all that was in it.
 */
static void range_store(struct static_call_key_module *d, uintptr_t lo, uintptr_t hi)
{
	scrt_publish(&d->range_span, hi - lo);
	scrt_publish(&d->range_lo, lo);
}

static void range_add(struct scrt_state *s, uintptr_t at, uint64_t size)
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
static void announce_range(struct scrt_state *s, const struct scrt_module *m)
{
	const struct static_call_key_object *o =
		(const struct static_call_key_object *)(uintptr_t)m->desc->objects_start;
	const struct static_call_key_object *end =
		(const struct static_call_key_object *)(uintptr_t)m->desc->objects_stop;
	uintptr_t lo = s->range_lo, hi = s->range_hi;
	size_t i;

	for (; o < end; o++)
		range_add(s, o->address, o->size);
	for (i = 0; i < m->nrecords; i++) {
		const struct static_call_key_record *r = &m->records[i];

		if (!is_indexed(m, i))
			continue;
		range_add(s, r->key, sizeof(uintptr_t));
		if (r->offset < r->key)
			range_add(s, r->key - r->offset, r->object);
	}
	for (i = 0; i < s->registry->nmodules; i++)
		if (s->registry->modules[i] == m || lo != s->range_lo || hi != s->range_hi)
			range_store(s->registry->modules[i]->desc, s->range_lo, s->range_hi);
}

/* Bring all sites of a module to their keys' targets, or to their trampolines. */
static int retarget(struct scrt_state *s, struct scrt_module *m, bool to_keys)
{
	struct scrt_txn t = { .state = s };
	uint32_t i;
	int err;

	for (i = 0; i < m->nrecords; i++) {
		if (is_indexed(m, i))
			scrt_txn_add(&t, m, i,
				     to_keys ? scrt_key_read(m->records[i].key)
					     : scrt_trampoline(m, i));
	}
	err = scrt_txn_run(&t, true);
	scrt_txn_finish(&t);
	return err;
}

static struct scrt_module *find_module(struct scrt_state *s,
				       const struct static_call_key_module *desc)
{
	size_t i;

	for (i = 0; s->registry && i < s->registry->nmodules; i++)
		if (s->registry->modules[i]->desc == desc)
			return s->registry->modules[i];
	return NULL;
}

static void log_module(const struct scrt_state *s, const struct scrt_module *m)
{
	uint32_t k;

	for (k = 0; k < m->nsites && !m->why; k++)
		if (m->order[k] & SCRT_UNPATCHABLE)
			break;
	if (m->why || k < m->nsites)
		scrt_log(s, m->desc, m->why ? m->why : -EILSEQ);
}

static int register_locked(struct scrt_state *s, struct static_call_key_module *desc)
{
	struct scrt_module *m;
	int err;

	if (find_module(s, desc))
		return 0;
	if (desc->runtime)
		return -EBUSY;
	if (!scrt_descriptor_ok(desc))
		return -EINVAL;
	err = scrt_module_make(desc, &m);
	if (err)
		return err;
	err = registry_add(s, m);
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
	 * A thread that stores to a key and finds no trace of it in the filter
	 * does so before this barrier, and then its store is seen after it.
	 */
	announce_keys(s, m);
	announce_range(s, m);
	scrt_sync_cores(s);
	err = retarget(s, m, true);
	if (err && !m->open_hi) {
		m->degraded = true;
		m->why = err;
	}
	log_module(s, m);
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
	m = find_module(s, desc);
	if (m) {
		retarget(s, m, false);
		desc->runtime = 0;
		registry_remove(s, m);
		scrt_free(m, m->bytes);
	}
	scrt_leave(s);
}
