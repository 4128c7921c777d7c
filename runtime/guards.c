// SPDX-License-Identifier: MIT
/*
 * guards.c - sites that are no calls: while a key holds a function that is inlined at the
 * guard, the guard leads to that code, and otherwise to the slow path, which makes the
 * call. An ordinary site of the same key stands there.
 *
 * While the key changes, threads meet guards and slow paths in any state of the change:
 * each leads to the old target or the new one, the slow path by itself, so the order in
 * which they change does not matter. A guard that leads to the slow path is right whatever
 * the key holds, as a call of the trampoline is.
 *
 * An entry tells of its function by a word that holds the address, so that this is what the
 * dynamic linker makes of it: the same that a key holds.
 */
#include "guards.h"
#include "port.h"

static uintptr_t guard_slow(const struct static_call_key_guard *e)
{
	return scrt_relative(&e->slow);
}

static bool guard_has_more(const struct static_call_key_guard *e)
{
	return scrt_guard_flags(e) & STATIC_CALL_KEY_GUARD_MORE;
}

/* The function of an entry; NULL is one. */
static uintptr_t guard_target(const struct static_call_key_guard *e)
{
	return e->target ? *(const uintptr_t *)scrt_relative(&e->target) : 0;
}

/* A function that is weak and not there is not what NULL stands for. */
static bool guard_is_for(const struct static_call_key_guard *e, uintptr_t target)
{
	return guard_target(e) == target && !e->target == !target;
}

/* ---- forms ---- */

struct scrt_site scrt_guard_site(const struct static_call_key_guard *first)
{
	struct scrt_site site = {
		.address = scrt_relative(&first->site),
		.flags = STATIC_CALL_KEY_SITE_TAIL, /* its branches are jmp */
	};

	return site;
}

static uint64_t guard_entry_form(const struct static_call_key_guard *e)
{
	struct scrt_site site = scrt_guard_site(e);

	if (e->body)
		return scrt_branch(&site, scrt_relative(&e->body));
	return scrt_port_guard_form(&site, guard_slow(e));
}

uint64_t scrt_guard_form(const struct static_call_key_guard *first, uintptr_t target)
{
	const struct static_call_key_guard *e = first;
	struct scrt_site site;

	while (!guard_is_for(e, target)) {
		if (!guard_has_more(e)) {
			site = scrt_guard_site(first);
			return scrt_branch(&site, guard_slow(first));
		}
		e++;
	}
	return guard_entry_form(e);
}

bool scrt_guard_inlined(const struct static_call_key_guard *first, uint64_t form, uintptr_t *target)
{
	const struct static_call_key_guard *e = first, *found = NULL;

	for (;; e++) {
		if (guard_entry_form(e) == form) {
			if (guard_is_for(e, *target))
				return true;
			if (!found)
				found = e;
		}
		if (!guard_has_more(e))
			break;
	}
	if (found)
		*target = guard_target(found);
	return found;
}

/* ---- tables ---- */

/* Do both tell of one guard? */
static bool guard_continues(const struct static_call_key_guard *e,
			    const struct static_call_key_guard *next)
{
	uintptr_t flags = STATIC_CALL_KEY_GUARD_FLAGS;

	return scrt_relative(&e->site) == scrt_relative(&next->site) &&
	       (scrt_relative(&e->record) & ~flags) == (scrt_relative(&next->record) & ~flags) &&
	       guard_slow(e) == guard_slow(next);
}

static bool guard_entry_ok(const struct static_call_key_guard *e)
{
	struct scrt_site site = scrt_guard_site(e);

	return !(scrt_guard_flags(e) & ~STATIC_CALL_KEY_GUARD_KNOWN) && e->slow &&
	       scrt_in_reach(&site, guard_slow(e)) &&
	       (!e->body || scrt_in_reach(&site, scrt_relative(&e->body))) &&
	       (!e->target || scrt_relative(&e->target) % sizeof(uintptr_t) == 0);
}

int scrt_guards_check(const struct scrt_module *m)
{
	uintptr_t slow_page = 0, target_page = 0, body_page = 0;
	unsigned int same = 0;
	uint32_t i;

	for (i = 0; i < m->nguards; i++) {
		const struct static_call_key_guard *e = &m->guards[i];

		if (!guard_entry_ok(e))
			return -EINVAL;
		same++;
		if (!guard_has_more(e))
			same = 0;
		else if (same == STATIC_CALL_KEY_GUARD_MAX || i + 1 == m->nguards ||
			 !guard_continues(e, e + 1))
			return -EINVAL;
	}
	for (i = 0; i < m->nguards; i++) {
		const struct static_call_key_guard *e = &m->guards[i];

		if (!scrt_readable_next(guard_slow(e), &slow_page) ||
		    (e->target && !scrt_readable_next(scrt_relative(&e->target), &target_page)) ||
		    (e->body && !scrt_readable_next(scrt_relative(&e->body), &body_page)))
			return -EFAULT;
	}
	return 0;
}
