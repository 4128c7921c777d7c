// SPDX-License-Identifier: MIT
/*
 * core.c - update, sync and store: bring call sites to their targets.
 *
 * Everything that changes a site is a transaction: add records with their new
 * targets, check that all their sites hold the bytes that were left there, open
 * one window a module, store, close. Pointers are stored last, when nothing can
 * fail any more.
 *
 * A fork while another thread is in here leaves the child half a transaction.
 * The child sees the stores of each thread of the parent up to some point, in
 * program order, so: busy is set before anything else; .next before the first
 * site changes, and .cur after the last window was closed; open_hi before a
 * window is opened and cleared after it was closed. The first call in the child
 * undoes the half, and then follows the pointers.
 */
#include "internal.h"

/*
 * Every object with sites has a common symbol of this name, for which a linker
 * takes this file out of the archive, as it would not do for weak references.
 * The table brings the files that nothing here calls.
 */
#pragma GCC visibility push(default)
extern uint64_t static_call_key_runtime_wanted;
#pragma GCC visibility pop
uint64_t static_call_key_runtime_wanted = STATIC_CALL_KEY_ABI_VERSION;

extern void *const scrt_parts[];
void *const scrt_parts[] = {
	(void *)static_call_key_rt_register,
	(void *)static_call_key_rt_query,
	(void *)static_call_key_rt_strerror,
};

void scrt_txn_add(struct scrt_txn *t, struct scrt_module *m, uint32_t record,
		  uintptr_t target)
{
	struct scrt_record *r = &m->state[record];

	if (m->degraded)
		return;
	r->next = target;
	if (r->link != SCRT_LINK_NONE)
		return;
	if (m->pending == SCRT_LINK_END) {
		m->next = t->modules;
		t->modules = m;
	}
	r->link = m->pending;
	m->pending = record;
}

/* End the transaction for every record: at its new target, or at its old one. */
static void txn_end(struct scrt_txn *t, bool commit)
{
	struct scrt_module *m;
	uint32_t i, link;

	for (m = t->modules; m; m = m->next) {
		for (i = m->pending; i != SCRT_LINK_END; i = link) {
			struct scrt_record *r = &m->state[i];

			link = r->link;
			if (commit)
				scrt_publish(&r->cur, r->next);
			else
				scrt_publish(&r->next, r->cur);
			r->link = SCRT_LINK_NONE;
		}
		m->pending = SCRT_LINK_END;
	}
	t->modules = NULL;
	scrt_publish(&t->state->busy, false);
}

static int txn_check(struct scrt_txn *t)
{
	struct scrt_module *m;
	uint32_t i;
	int err;

	for (m = t->modules; m; m = m->next) {
		m->patch_lo = UINTPTR_MAX;
		m->patch_hi = 0;
		for (i = m->pending; i != SCRT_LINK_END; i = m->state[i].link) {
			err = scrt_sites_check(m, i);
			if (err)
				return err;
		}
		if (m->patch_hi)
			t->patched = true;
	}
	return 0;
}

/* Open a window for sites in [lo, hi); one that was left open is part of it. */
static int window_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	uintptr_t was_lo = m->open_lo, was_hi = m->open_hi;
	int err;

	if (m->writable)
		return 0;
	lo = scrt_text_start(lo);
	hi = scrt_text_end(hi);
	if (was_hi) {
		if (m->opened && lo >= was_lo && hi <= was_hi)
			return 0;
		lo = was_lo < lo ? was_lo : lo;
		hi = was_hi > hi ? was_hi : hi;
	}
	scrt_publish(&m->open_lo, lo);
	scrt_publish(&m->open_hi, hi);
	err = scrt_text_open(lo, hi);
	if (err) {
		scrt_publish(&m->open_hi, was_hi);
		scrt_publish(&m->open_lo, was_lo);
	} else {
		m->opened = true;
	}
	return err;
}

static int window_close(struct scrt_state *s, struct scrt_module *m)
{
	int err;

	if (!m->open_hi)
		return 0;
	err = scrt_text_close(m->open_lo, m->open_hi);
	if (err) {
		s->left_open = true;
		return err;
	}
	m->opened = false;
	scrt_publish(&m->open_hi, 0);
	return 0;
}

static int txn_close(struct scrt_txn *t)
{
	struct scrt_module *m;
	int err, first = 0;

	for (m = t->modules; m; m = m->next) {
		err = window_close(t->state, m);
		if (err && !first)
			first = err;
	}
	return first;
}

static int txn_open(struct scrt_txn *t)
{
	struct scrt_module *m;
	int err;

	for (m = t->modules; m; m = m->next) {
		if (!m->patch_hi)
			continue;
		err = window_open(m, m->patch_lo, m->patch_hi);
		if (err) {
			txn_close(t);
			return err;
		}
	}
	return 0;
}

static void txn_move(struct scrt_txn *t, bool forward)
{
	struct scrt_module *m;
	uint32_t i;

	for (m = t->modules; m; m = m->next) {
		if (!m->patch_hi)
			continue;
		for (i = m->pending; i != SCRT_LINK_END; i = m->state[i].link) {
			struct scrt_record *r = &m->state[i];

			if (forward)
				scrt_sites_move(m, i, r->cur, r->next);
			else
				scrt_sites_move(m, i, r->next, r->cur);
		}
	}
}

int scrt_txn_run(struct scrt_txn *t, bool forward)
{
	int err;

	scrt_publish(&t->state->busy, true);
	err = txn_check(t);
	if (!err && t->patched)
		err = txn_open(t);
	if (err) {
		t->patched = false;
		txn_end(t, false);
		return err;
	}
	if (!t->patched) {
		txn_end(t, true);
		return 0;
	}
	txn_move(t, true);
	err = txn_close(t);
	/*
	 * A window that does not close can still be written through: go back,
	 * so that a failure has changed nothing. Others were closed and have to
	 * open again for that; if they do not, only going on keeps the sites of
	 * one key together.
	 */
	if (err && !forward && !txn_open(t)) {
		txn_move(t, false);
		txn_close(t);
		txn_end(t, false);
		return err;
	}
	txn_end(t, true);
	return forward ? err : 0;
}

static void txn_finish(struct scrt_txn *t)
{
	if (t->patched)
		scrt_sync_cores(t->state);
}

/* Bring the keys in [first, last] up to date. */
static int follow(struct scrt_state *s, uintptr_t first, uintptr_t last, bool forward)
{
	const struct scrt_registry *reg = s->registry;
	struct scrt_txn t = { .state = s };
	size_t i;
	int err;

	if (!reg)
		return 0;
	for (i = scrt_lookup(reg, first); i < reg->nrefs && reg->refs[i].key <= last; i++) {
		const struct scrt_ref *ref = &reg->refs[i];
		uintptr_t target = scrt_key_read(ref->key);

		if (target != ref->module->state[ref->record].cur)
			scrt_txn_add(&t, ref->module, ref->record, target);
	}
	if (!t.modules)
		return 0;
	err = scrt_txn_run(&t, forward);
	txn_finish(&t);
	return err;
}

/* The first key in [first, last] with a site that calls what it should not. */
static const struct scrt_ref *find_stale(struct scrt_state *s, uintptr_t first, uintptr_t last)
{
	const struct scrt_registry *reg = s->registry;
	size_t i;
	uint32_t k;

	for (i = scrt_lookup(reg, first); i < reg->nrefs && reg->refs[i].key <= last; i++) {
		const struct scrt_ref *ref = &reg->refs[i];
		const struct scrt_record *r = &ref->module->state[ref->record];
		uintptr_t target = scrt_key_read(ref->key);

		for (k = r[0].first; k < r[1].first; k++) {
			struct static_call_key_site_info info;

			scrt_site_info(ref->module, ref->record, k, target, &info);
			if (info.flags & STATIC_CALL_KEY_SITE_INFO_STALE)
				return ref;
		}
	}
	return NULL;
}

/* follow() for callers that cannot be told of an error. */
static void follow_or_stop(struct scrt_state *s, uintptr_t first, uintptr_t last)
{
	const struct scrt_ref *stale;
	int err;

	err = follow(s, first, last, true);
	if (!err)
		return;
	stale = find_stale(s, first, last);
	if (stale)
		scrt_fatal(scrt_name(stale->module, stale->record), err);
}

/* Undo the half of a transaction that a fork caught. */
static void recover_module(struct scrt_state *s, struct scrt_module *m)
{
	bool open = false;
	uint32_t i;

	m->opened = false;	/* not known */
	m->pending = SCRT_LINK_END;
	for (i = 0; i < m->nrecords; i++) {
		struct scrt_record *r = &m->state[i];

		r->link = SCRT_LINK_NONE;
		if (r->cur == r->next)
			continue;
		if (!open)
			open = window_open(m, m->text_lo, m->text_hi) == 0;
		/* If not, an update will meet these sites, and say -EILSEQ. */
		if (open)
			scrt_sites_move(m, i, r->next, r->cur);
		r->next = r->cur;
	}
	window_close(s, m);
}

static void recover(struct scrt_state *s)
{
	const struct scrt_registry *reg = s->registry;
	size_t i;

	if (!reg)
		return;
	if (s->busy) {
		for (i = 0; i < reg->nmodules; i++)
			recover_module(s, reg->modules[i]);
		s->busy = false;
		scrt_sync_cores(s);
	}
	follow_or_stop(s, 0, UINTPTR_MAX);
}

int scrt_enter(struct scrt_state **state)
{
	struct scrt_state *s;
	bool forked;
	size_t i;
	int err = 0;

	s = scrt_known_state ? scrt_known_state : scrt_find_state(&err);
	if (!s)
		return err;
	err = scrt_lock(s, &forked);
	if (err)
		return err;
	*state = s;
	if (forked)
		recover(s);
	if (s->left_open) {
		s->left_open = false;
		for (i = 0; s->registry && i < s->registry->nmodules; i++)
			window_close(s, s->registry->modules[i]);
	}
	return 0;
}

void scrt_leave(struct scrt_state *s)
{
	while (!scrt_unlock(s))
		follow_or_stop(s, 0, UINTPTR_MAX);
}

int static_call_key_rt_update_many(const struct static_call_key_change *changes, size_t n)
{
	struct scrt_state *s;
	struct scrt_txn t = { 0 };
	size_t c, i;
	int err;

	for (c = 0; c < n; c++)
		if (!changes[c].key || (uintptr_t)changes[c].key % sizeof(uintptr_t))
			return -EINVAL;
	/* A read-only key faults as in an assignment: now, not half-way. */
	for (c = 0; c < n; c++)
		scrt_key_probe(changes[c].key);

	err = scrt_enter(&s);
	if (err)
		return err;
	t.state = s;
	for (c = 0; c < n && s->registry; c++) {
		const struct scrt_registry *reg = s->registry;
		uintptr_t key = (uintptr_t)changes[c].key;

		for (i = scrt_lookup(reg, key); i < reg->nrefs && reg->refs[i].key == key; i++)
			scrt_txn_add(&t, reg->refs[i].module, reg->refs[i].record,
				     (uintptr_t)changes[c].fn);
	}
	if (t.modules)
		err = scrt_txn_run(&t, false);
	for (c = 0; c < n && !err; c++)
		__atomic_store_n((scrt_word *)changes[c].key, (uintptr_t)changes[c].fn,
				 __ATOMIC_RELEASE);
	txn_finish(&t);
	scrt_leave(s);
	return err;
}

int static_call_key_rt_set(void *key, static_call_key_fn fn)
{
	struct static_call_key_change change = { .key = key, .fn = fn };

	return static_call_key_rt_update_many(&change, 1);
}

/* The last address of size bytes at ptr; size is not 0. */
static uintptr_t last_of(uintptr_t ptr, size_t size)
{
	return size - 1 > UINTPTR_MAX - ptr ? UINTPTR_MAX : ptr + (size - 1);
}

/*
 * May a key lie in [first, last]? Without the lock: no is certain for keys
 * whose registration has read its first pointer, see register_locked().
 */
static bool may_hold_key(struct scrt_state *s, uintptr_t first, uintptr_t last)
{
	uintptr_t line, end = last >> SCRT_LINE_SHIFT;

	if (s->fence)
		__atomic_thread_fence(__ATOMIC_SEQ_CST);
	if (last < __atomic_load_n(&s->key_lo, __ATOMIC_RELAXED) ||
	    first > __atomic_load_n(&s->key_hi, __ATOMIC_RELAXED))
		return false;
	line = first >> SCRT_LINE_SHIFT;
	if (end - line >= SCRT_FILTER_LINES_MAX)
		return true;
	for (; line <= end; line++) {
		size_t a = scrt_filter_bit(line, 0), b = scrt_filter_bit(line, 1);

		if (__atomic_load_n(&s->filter[a / 64], __ATOMIC_RELAXED) >> a % 64 & 1 &&
		    __atomic_load_n(&s->filter[b / 64], __ATOMIC_RELAXED) >> b % 64 & 1)
			return true;
	}
	return false;
}

/* The lowest key that a store to ptr can change. */
static uintptr_t first_key(const void *ptr)
{
	return (uintptr_t)ptr & ~(sizeof(uintptr_t) - 1);
}

int static_call_key_rt_sync(const void *ptr, size_t size)
{
	struct scrt_state *s = scrt_known_state;
	uintptr_t first = first_key(ptr), last;
	int err = 0;

	if (!size)
		return 0;
	last = last_of((uintptr_t)ptr, size);
	if (s && !may_hold_key(s, first, last))
		return 0;
	err = scrt_enter(&s);
	if (err)
		return err;
	err = follow(s, first, last, false);
	scrt_leave(s);
	return err;
}

void static_call_key_rt_store(const void *ptr, size_t size)
{
	struct scrt_state *s = scrt_known_state;
	uintptr_t first = first_key(ptr), last;
	int err;

	if (!size)
		return;
	last = last_of((uintptr_t)ptr, size);
	if (s && !may_hold_key(s, first, last))
		return;
	err = scrt_enter(&s);
	if (err == -EDEADLK)
		scrt_lock_ask(scrt_known_state);
	if (err)
		return;
	follow_or_stop(s, first, last);
	scrt_leave(s);
}
