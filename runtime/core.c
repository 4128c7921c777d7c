// SPDX-License-Identifier: MIT
/*
 * core.c - update, sync and store: bring keys and call sites together.
 *
 * The first call in a forked child undoes what of a transaction the fork has
 * caught, and then follows the pointers. That call must not be made in a signal
 * handler that interrupted this file and forked: the child would undo what the
 * handler returns to.
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

/* May the keys in [first, last] hold what they hold? */
static int check_keys(const struct scrt_registry *reg, uintptr_t first, uintptr_t last)
{
	size_t i;
	int err;

	for (i = scrt_lookup(reg, first); i < reg->nrefs && reg->refs[i].key <= last; i++) {
		uintptr_t target = scrt_key_read(reg->refs[i].key);

		if (target == reg->refs[i].module->state[reg->refs[i].record].cur)
			continue;
		err = scrt_target_check(reg, &reg->refs[i], target);
		if (err)
			return err;
	}
	return 0;
}

/* Likewise, what an update wants them to hold. */
static int check_changes(const struct scrt_registry *reg,
			 const struct static_call_key_change *changes, size_t n)
{
	size_t c, i;
	int err;

	for (c = 0; c < n && reg; c++) {
		uintptr_t key = (uintptr_t)changes[c].key;

		for (i = scrt_lookup(reg, key); i < reg->nrefs && reg->refs[i].key == key; i++) {
			err = scrt_target_check(reg, &reg->refs[i], (uintptr_t)changes[c].fn);
			if (err)
				return err;
		}
	}
	return 0;
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
	err = check_keys(reg, first, last);
	if (err)
		return err;
	for (i = scrt_lookup(reg, first); i < reg->nrefs && reg->refs[i].key <= last; i++) {
		const struct scrt_ref *ref = &reg->refs[i];
		uintptr_t target = scrt_key_read(ref->key);

		/* Once more: a store since then has a resync of its own to come. */
		if (target != ref->module->state[ref->record].cur &&
		    !scrt_target_check(reg, ref, target))
			scrt_txn_add(&t, ref->module, ref->record, target);
	}
	err = scrt_txn_run(&t, forward);
	scrt_txn_finish(&t);
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

/*
 * follow() for callers that want as much as is possible: where the keys cannot
 * be brought up to date together, one by one.
 */
static int follow_best(struct scrt_state *s, uintptr_t first, uintptr_t last)
{
	const struct scrt_registry *reg = s->registry;
	int err = follow(s, first, last, true);
	size_t i;

	if (!err)
		return 0;
	for (i = scrt_lookup(reg, first); i < reg->nrefs && reg->refs[i].key <= last; i++)
		follow(s, reg->refs[i].key, reg->refs[i].key, true);
	return err;
}

/* The same for a store, which cannot be told of an error. */
static void follow_or_stop(struct scrt_state *s, uintptr_t first, uintptr_t last)
{
	const struct scrt_ref *stale;
	int err = follow_best(s, first, last);

	if (!err)
		return;
	stale = find_stale(s, first, last);
	if (stale)
		scrt_fatal(scrt_name(stale->module, stale->record), err);
}

static void recover(struct scrt_state *s)
{
	const struct scrt_registry *reg = s->registry;
	size_t i;

	if (!reg)
		return;
	if (s->busy) {
		for (i = 0; i < reg->nmodules; i++)
			scrt_txn_undo(s, reg->modules[i]);
		s->busy = false;
		scrt_sync_cores(s);
	}
	/* Threads of the parent may have stored to keys and not come here yet. */
	follow_best(s, 0, UINTPTR_MAX);
}

int scrt_enter(struct scrt_state **state)
{
	struct scrt_state *s;
	bool forked;
	size_t i;
	int err = 0;

	s = scrt_known();
	if (!s)
		s = scrt_find_state(&err);
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
			scrt_window_close(s, s->registry->modules[i]);
	}
	return 0;
}

void scrt_leave(struct scrt_state *s)
{
	while (!scrt_unlock(s))
		follow_or_stop(s, 0, UINTPTR_MAX);
}

static int update(const struct static_call_key_change *changes, size_t n)
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
	err = check_changes(s->registry, changes, n);
	if (err) {
		scrt_leave(s);
		return err;
	}
	t.state = s;
	for (c = 0; c < n && s->registry; c++) {
		const struct scrt_registry *reg = s->registry;
		uintptr_t key = (uintptr_t)changes[c].key;

		for (i = scrt_lookup(reg, key); i < reg->nrefs && reg->refs[i].key == key; i++)
			scrt_txn_add(&t, reg->refs[i].module, reg->refs[i].record,
				     (uintptr_t)changes[c].fn);
	}
	err = scrt_txn_run(&t, false);
	for (c = 0; c < n && !err; c++)
		__atomic_store_n((scrt_word *)changes[c].key, (uintptr_t)changes[c].fn,
				 __ATOMIC_RELEASE);
	scrt_txn_finish(&t);
	scrt_leave(s);
	return err;
}

int static_call_key_rt_update_many(const struct static_call_key_change *changes, size_t n)
{
	return update(changes, n);
}

int static_call_key_rt_set(void *key, static_call_key_fn fn)
{
	struct static_call_key_change change = { .key = key, .fn = fn };

	return update(&change, 1);
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
	struct scrt_state *s = scrt_known();
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
	struct scrt_state *s = scrt_known();
	uintptr_t first = first_key(ptr), last;
	int err;

	if (!size)
		return;
	last = last_of((uintptr_t)ptr, size);
	if (s && !may_hold_key(s, first, last))
		return;
	err = scrt_enter(&s);
	if (err == -EDEADLK)
		scrt_lock_ask(scrt_known());
	if (err)
		return;
	follow_or_stop(s, first, last);
	scrt_leave(s);
}
