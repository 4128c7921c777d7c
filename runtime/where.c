// SPDX-License-Identifier: MIT
/*
 * where.c - where keys may be: what those look at who have stored to memory, before they
 * come in. Compiled code looks at the range, and static_call_key_rt_store() at the filter.
 */
#include "registry.h"
#include "where.h"

/* Let static_call_key_rt_store() know where a key is. */
static void where_filter(struct scrt_state *s, uintptr_t key)
{
	int which;

	for (which = 0; which < 2; which++) {
		size_t bit = scrt_filter_bit(key >> SCRT_LINE_SHIFT, which);

		__atomic_fetch_or(&s->filter[bit / 64], 1ull << bit % 64, __ATOMIC_RELAXED);
	}
	if (key < s->key_lo)
		__atomic_store_n(&s->key_lo, key, __ATOMIC_RELAXED);
	if (key > s->key_hi)
		__atomic_store_n(&s->key_hi, key, __ATOMIC_RELAXED);
}

/*
 * C: the range first grows upwards from where it starts, and then starts lower. Compiled
 * code reads where it starts, and then how long it is, so it never takes a new start with
 * an old length, and whatever it has read holds all that was in the range.
 */
static void where_range_store(struct static_call_key_module *d, uintptr_t lo, uintptr_t hi)
{
	scrt_publish(&d->range_span, hi - lo);
	scrt_publish(&d->range_lo, lo);
}

static void where_range_add(struct scrt_state *s, uintptr_t at, uint64_t size)
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
 * Tell this module, and all if the range is not what it was: it never shrinks.
 */
static void where_range_tell(struct scrt_state *s, const struct scrt_module *m, uintptr_t lo,
			     uintptr_t hi)
{
	size_t i;

	for (i = 0; s->registry && i < s->registry->nmodules; i++)
		if (s->registry->modules[i] == m || lo != s->range_lo || hi != s->range_hi)
			where_range_store(s->registry->modules[i]->desc, s->range_lo, s->range_hi);
}

/*
 * Keys may be in the variables that modules define, so that these are known before any
 * code can store to them, and in those that calls of this module go through.
 */
void scrt_where_add_module(struct scrt_state *s, const struct scrt_module *m)
{
	const struct static_call_key_object *o =
		(const struct static_call_key_object *)(uintptr_t)m->desc->objects_start;
	const struct static_call_key_object *end =
		(const struct static_call_key_object *)(uintptr_t)m->desc->objects_stop;
	uintptr_t lo = s->range_lo, hi = s->range_hi;
	uint32_t i;

	for (; o < end; o++)
		where_range_add(s, o->address, o->size);
	for (i = 0; i < m->nrecords; i++) {
		const struct static_call_key_record *r = &m->records[i];

		if (!scrt_is_indexed(m, i))
			continue;
		where_filter(s, r->key);
		where_range_add(s, r->key, sizeof(uintptr_t));
		if (r->offset < r->key)
			where_range_add(s, r->key - r->offset, r->object);
	}
	where_range_tell(s, m, lo, hi);
}

void scrt_where_add_key(struct scrt_state *s, uintptr_t key)
{
	uintptr_t lo = s->range_lo, hi = s->range_hi;

	where_filter(s, key);
	where_range_add(s, key, sizeof(uintptr_t));
	where_range_tell(s, NULL, lo, hi);
}
