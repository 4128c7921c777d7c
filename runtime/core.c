// SPDX-License-Identifier: MIT
/*
 * core.c - update, sync and store: bring keys and call sites together.
 */
#include "enter.h"
#include "follow.h"
#include "port.h"
#include "registry.h"
#include "sealed.h"
#include "update.h"
#include "withdraw.h"

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
	(void *)static_call_key_rt_register,      (void *)static_call_key_rt_query,
	(void *)static_call_key_rt_seal,          (void *)static_call_key_rt_select,
	(void *)static_call_key_rt_strerror,      (void *)static_call_key_rt_store_unregistered,
#if SCRT_PORT_DYNAMIC
	(void *)static_call_key_rt_dynamic_stats,
#endif
};

/*
 * Can all of these keys be written to? A read-only key faults as in an assignment, in
 * programs: now, not half-way, and with the lock free. A sealed one does not: whoever has
 * sealed a key may well have made its page read-only.
 */
static int core_probe(const struct static_call_key_change *changes, size_t n)
{
	struct scrt_state *s = scrt_known();
	const struct scrt_seal *seal = NULL;
	size_t c;
	int err;

	/* Sealed by this thread, or before something that it knows of: else it may be missed. */
	if (s && __atomic_load_n(&s->seals, __ATOMIC_RELAXED)) {
		err = scrt_enter(&s);
		if (err)
			return err;
		for (c = 0; c < n && !seal; c++)
			seal = scrt_sealed(s, (uintptr_t)changes[c].key);
		err = seal ? seal->why : 0;
		scrt_leave(s);
		if (err)
			return err;
	}
	for (c = 0; c < n; c++) {
		err = scrt_key_probe(changes[c].key);
		if (err)
			return err;
	}
	return 0;
}

static int core_update(const struct static_call_key_change *changes, size_t n)
{
	struct scrt_state *s;
	size_t c;
	int err;

	for (c = 0; c < n; c++)
		if (!changes[c].key || (uintptr_t)changes[c].key % sizeof(uintptr_t))
			return -EINVAL;
	err = core_probe(changes, n);
	if (!err)
		err = scrt_enter(&s);
	if (err)
		return err;
	err = scrt_update(s, changes, n);
	for (c = 0; c < n && !err; c++)
		scrt_registry_flag(s->registry, (uintptr_t)changes[c].key, SCRT_RECORD_CHANGED,
				   true);
	scrt_leave(s);
	return err;
}

int static_call_key_rt_update_many(const struct static_call_key_change *changes, size_t n)
{
	return core_update(changes, n);
}

int static_call_key_rt_set(void *key, static_call_key_fn fn)
{
	struct static_call_key_change change = { .key = key, .fn = fn };

	return core_update(&change, 1);
}

/* The last address of size bytes at ptr; size is not 0. */
static uintptr_t core_last(uintptr_t ptr, size_t size)
{
	return size - 1 > UINTPTR_MAX - ptr ? UINTPTR_MAX : ptr + (size - 1);
}

/*
 * May a key lie in [first, last]? Without the lock: no is certain for keys
 * whose registration has read its first pointer, see register_locked().
 *
 * B: the caller has stored to a key before it comes here. Registration, on another thread,
 * puts the key into the filter, makes all threads pass a barrier, and reads the key: so
 * either the key is found here, or what was stored is read there. Where the system has no
 * barrier for all threads, s->fence asks for one here.
 */
static bool core_may_hold_key(struct scrt_state *s, uintptr_t first, uintptr_t last)
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
static uintptr_t core_first_key(const void *ptr)
{
	return (uintptr_t)ptr & ~(sizeof(uintptr_t) - 1);
}

int static_call_key_rt_sync(const void *ptr, size_t size)
{
	struct scrt_state *s = scrt_known();
	uintptr_t first = core_first_key(ptr), last;
	int err = 0;

	if (!size)
		return 0;
	last = core_last((uintptr_t)ptr, size);
	if (s && !core_may_hold_key(s, first, last))
		return 0;
	err = scrt_enter(&s);
	if (err)
		return err;
	err = scrt_follow(s, first, last, false);
	scrt_leave(s);
	return err;
}

/* For a port whose lock may be free when somebody asks. */
static void core_follow_asked(void)
{
	struct scrt_state *s;

	if (!scrt_enter(&s))
		scrt_leave(s);
}

void static_call_key_rt_store(const void *ptr, size_t size)
{
	struct scrt_state *s = scrt_known();
	uintptr_t first = core_first_key(ptr), last;
	int err;

	if (!size)
		return;
	last = core_last((uintptr_t)ptr, size);
	if (s && !core_may_hold_key(s, first, last))
		return;
	err = scrt_enter(&s);
	if (err == -EDEADLK)
		scrt_lock_ask(scrt_known(), core_follow_asked);
	if (err)
		return;
	scrt_follow_or_stop(s, first, last);
	scrt_leave(s);
}

/*
 * A module that is prelinked comes before its constructor has run, and then it is registered
 * now; or after its destructor, when it may soon be gone: then its sites go the long way. In
 * a signal handler that interrupted the runtime neither is possible.
 */
void static_call_key_rt_store_unregistered(const void *ptr, size_t size,
					   struct static_call_key_module *desc)
{
	struct scrt_state *s;
	int err = 0;

	if (desc->flags & STATIC_CALL_KEY_MODULE_GONE) {
		err = scrt_enter(&s);
		if (err != -EDEADLK) {
			bool locked = !err;

			err = scrt_withdraw(desc);
			if (locked)
				scrt_leave(s);
		}
	} else if (desc->flags & STATIC_CALL_KEY_MODULE_PRELINKED) {
		err = static_call_key_rt_register(desc);
	}
	/* Registered in vain, it was withdrawn, and has no range then. */
	if (err && err != -EDEADLK && desc->range_span && size)
		scrt_withdraw_or_stop(desc, core_first_key(ptr), core_last((uintptr_t)ptr, size),
				      err);
	static_call_key_rt_store(ptr, size);
}
