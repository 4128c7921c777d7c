/* SPDX-License-Identifier: MIT */
/* guards.h - the guards of a module; see guards.c. */
#ifndef STATIC_CALL_GUARDS_H
#define STATIC_CALL_GUARDS_H

#include "state.h"
#include "x86_64.h"

#pragma GCC visibility push(hidden)

/*
 * Are the entries as this runtime knows them, and is what they point to in memory? 0,
 * -EINVAL or -EFAULT.
 */
int scrt_guards_check(const struct scrt_module *m);

/* The instruction, of the guard whose first entry this is. */
struct scrt_site scrt_guard_site(const struct static_call_key_guard *first);

/* The same guard's form, if its key holds target. */
uint64_t scrt_guard_form(const struct static_call_key_guard *first, uintptr_t target);

/*
 * Is this the form of the guard for one of the functions that are inlined there? Then
 * *target becomes that function; if it is the form of several, *target stays if it is one
 * of these.
 */
bool scrt_guard_inlined(const struct static_call_key_guard *first, uint64_t form,
			uintptr_t *target);

static inline unsigned int scrt_guard_flags(const struct static_call_key_guard *e)
{
	return scrt_relative(&e->record) & STATIC_CALL_KEY_GUARD_FLAGS;
}

/* The first entry of the guard that is the site of this number; NULL: it is a plain site. */
static inline const struct static_call_key_guard *scrt_guard_of(const struct scrt_module *m,
								uint32_t number)
{
	return number < m->nsites ? NULL : &m->guards[number - m->nsites];
}

/* Has a site this number, below nsites + nguards? Second entries of guards have none. */
static inline bool scrt_is_site(const struct scrt_module *m, uint32_t number)
{
	return number <= m->nsites ||
	       !(scrt_guard_flags(scrt_guard_of(m, number - 1)) & STATIC_CALL_KEY_GUARD_MORE);
}

static inline uintptr_t scrt_site_address(const struct scrt_module *m, uint32_t number)
{
	const struct static_call_key_guard *guard = scrt_guard_of(m, number);

	return scrt_relative(guard ? &guard->site : &m->sites[number].site);
}

/* Where the field that tells of a site's record and flags is. */
static inline const int32_t *scrt_site_record(const struct scrt_module *m, uint32_t number)
{
	const struct static_call_key_guard *guard = scrt_guard_of(m, number);

	return guard ? &guard->record : &m->sites[number].record;
}

/* The number of the record that such a field tells of; at least nrecords if that is none. */
static inline size_t scrt_record_told(const struct scrt_module *m, const int32_t *field)
{
	uintptr_t r = scrt_relative(field) & ~(uintptr_t)STATIC_CALL_KEY_SITE_FLAGS;

	return (r - (uintptr_t)m->records) / STATIC_CALL_KEY_RECORD_SIZE;
}

/* The same of the site or guard of this number. */
static inline size_t scrt_record_of(const struct scrt_module *m, uint32_t number)
{
	return scrt_record_told(m, scrt_site_record(m, number));
}

#pragma GCC visibility pop

#endif /* STATIC_CALL_GUARDS_H */
