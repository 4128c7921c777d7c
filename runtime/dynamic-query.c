// SPDX-License-Identifier: MIT
/*
 * dynamic-query.c - what is known of dynamic calls, for those who ask. Nothing is changed.
 */
#include "blocks.h"
#include "dynamic-query.h"
#include "enter.h"
#include "port.h"

#if SCRT_PORT_DYNAMIC

_Static_assert(STATIC_CALL_DYNAMIC_TARGETS == SCRT_BLOCK_TARGETS &&
		       STATIC_CALL_DYNAMIC_LEARNING == SCRT_SLOT_LEARNING &&
		       STATIC_CALL_DYNAMIC_LEARNED == SCRT_SLOT_LEARNED &&
		       STATIC_CALL_DYNAMIC_GIVEN_UP == SCRT_SLOT_GIVEN_UP &&
		       STATIC_CALL_DYNAMIC_REFUSED == SCRT_SLOT_REFUSED,
	       "the API has the same");

/* ---- statistics ---- */

static void query_slot(const struct scrt_dynamic *d, const struct scrt_slot *slot,
		       struct static_call_dynamic_stats *stats)
{
	const struct scrt_hits *hits = d->hits ? &d->hits[slot - d->slots] : NULL;
	unsigned int i;

	stats->seen++;
	switch (slot->mode) {
	case SCRT_SLOT_LEARNING:
		stats->learning++;
		break;
	case SCRT_SLOT_LEARNED:
		stats->learned++;
		break;
	case SCRT_SLOT_GIVEN_UP:
		stats->given_up++;
		break;
	case SCRT_SLOT_REFUSED:
		stats->refused++;
		break;
	}
	stats->counted += scrt_load(&slot->total);
	if (!hits)
		return;
	for (i = 0; i < SCRT_BLOCK_TARGETS; i++)
		stats->hits += __atomic_load_n(&hits->target[i], __ATOMIC_RELAXED);
	stats->misses += __atomic_load_n(&hits->miss, __ATOMIC_RELAXED);
}

static void query_memory(const struct scrt_dynamic *d, struct static_call_dynamic_stats *stats)
{
	uint32_t n = scrt_slots(d);

	stats->block_bytes += d->code_at - d->code_lo;
	stats->address_bytes += d->bytes;
	stats->memory_bytes += (uintptr_t)d->slots - (uintptr_t)d + n * sizeof(*d->slots) +
			       (d->hits ? n * sizeof(*d->hits) : 0) + (d->code_at - d->code_lo);
}

static void query_module(const struct scrt_state *s, const struct scrt_module *m,
			 struct static_call_dynamic_stats *stats)
{
	const struct scrt_dynamic *d = m->dynamic;
	uint32_t i, n;

	if (m->desc->dynamics_start == m->desc->dynamics_stop)
		return;
	stats->modules++;
	stats->sites +=
		(m->desc->dynamics_stop - m->desc->dynamics_start) / STATIC_CALL_KEY_DYNAMIC_SIZE;
	if (!d || d->why || s->frozen) {
		stats->off++;
		stats->why = d && !d->why ? stats->why : d ? d->why : m->why_dynamic;
	}
	if (!d)
		return;
	stats->switches += d->switches;
	stats->counted += d->counted;
	stats->hits += d->hit;
	stats->misses += d->missed;
	query_memory(d, stats);
	n = scrt_slots(d);
	for (i = 0; i < n; i++)
		if (d->slots[i].id)
			query_slot(d, &d->slots[i], stats);
}

int static_call_key_rt_dynamic_stats(struct static_call_dynamic_stats *stats)
{
	static const struct static_call_dynamic_stats none;
	struct scrt_state *s;
	size_t i;
	int err;

	if (!stats)
		return -EINVAL;
	err = scrt_enter(&s);
	if (err)
		return err;
	*stats = none;
	for (i = 0; s->registry && i < s->registry->nmodules; i++)
		query_module(s, s->registry->modules[i], stats);
	scrt_leave(s);
	return 0;
}

/* ---- one by one ---- */

/* What was counted, most frequent first. */
static void query_counted(const struct scrt_slot *slot, struct static_call_dynamic_info *info)
{
	unsigned int i, k;

	for (i = 0; i < SCRT_BLOCK_TARGETS; i++) {
		uintptr_t target = __atomic_load_n(&slot->target[i], __ATOMIC_RELAXED);
		uint32_t count = scrt_load(&slot->count[i]);

		if (!target)
			continue;
		for (k = info->functions++; k && info->count[k - 1] < count; k--) {
			info->count[k] = info->count[k - 1];
			info->function[k] = info->function[k - 1];
		}
		info->count[k] = count;
		info->function[k] = (const void *)target;
	}
	info->others = scrt_load(&slot->other);
}

static uint64_t query_count_of(const struct scrt_slot *slot, uintptr_t target)
{
	unsigned int i;

	for (i = 0; i < SCRT_BLOCK_TARGETS; i++)
		if (__atomic_load_n(&slot->target[i], __ATOMIC_RELAXED) == target)
			return scrt_load(&slot->count[i]);
	return 0;
}

/* What its block compares with. */
static void query_compared(const struct scrt_dynamic *d, const struct scrt_slot *slot,
			   struct static_call_dynamic_info *info)
{
	const struct scrt_hits *hits = d->hits ? &d->hits[slot - d->slots] : NULL;
	uintptr_t target[SCRT_BLOCK_TARGETS];
	uint64_t rest = scrt_load(&slot->total);
	unsigned int i;

	info->functions = scrt_block_targets(d, slot->block, target);
	for (i = 0; i < info->functions; i++) {
		info->function[i] = (const void *)target[i];
		info->count[i] = hits ? __atomic_load_n(&hits->target[i], __ATOMIC_RELAXED)
				      : query_count_of(slot, target[i]);
		rest -= info->count[i] < rest ? info->count[i] : rest;
	}
	info->others = hits ? __atomic_load_n(&hits->miss, __ATOMIC_RELAXED) : rest;
	info->budget = scrt_budget_left(d, slot);
}

void scrt_dynamic_describe(const struct scrt_dynamic *d, const struct scrt_slot *slot,
			   struct static_call_dynamic_info *info)
{
	static const struct static_call_dynamic_info none;
	const struct static_call_key_state *state = scrt_slot_state(slot);

	*info = none;
	info->state = slot->mode;
	if (!scrt_id_shared(slot->id))
		info->site = (const void *)slot->id;
	else if (slot->mode != SCRT_SLOT_REFUSED && state->name)
		info->name = (const char *)scrt_relative(&state->name);
	if (slot->mode == SCRT_SLOT_LEARNED)
		query_compared(d, slot, info);
	else
		query_counted(slot, info);
}

/* The next slot, from number *n of the module with this serial number on; or NULL. */
static const struct scrt_slot *query_next(const struct scrt_registry *reg, uint64_t *serial,
					  uint32_t *n, const struct scrt_dynamic **d)
{
	size_t i;

	for (i = 0; reg && i < reg->nmodules; i++) {
		const struct scrt_module *m = reg->modules[i];

		if (m->serial < *serial || !m->dynamic)
			continue;
		if (m->serial > *serial)
			*n = 0;
		*serial = m->serial;
		for (; *n < scrt_slots(m->dynamic); ++*n) {
			*d = m->dynamic;
			if (m->dynamic->slots[*n].id)
				return &m->dynamic->slots[(*n)++];
		}
	}
	return NULL;
}

int static_call_key_rt_dynamic_for_each(int (*fn)(const struct static_call_dynamic_info *info,
						  void *data),
					void *data)
{
	struct static_call_dynamic_info info;
	const struct scrt_dynamic *d;
	const struct scrt_slot *slot;
	struct scrt_state *s;
	uint64_t serial = 0;
	uint32_t n = 0;
	int ret;

	do {
		ret = scrt_enter(&s);
		if (ret)
			return ret;
		slot = query_next(s->registry, &serial, &n, &d);
		if (slot)
			scrt_dynamic_describe(d, slot, &info);
		scrt_leave(s);
		if (!slot)
			return 0;
		ret = fn(&info, data);
	} while (!ret);
	return ret;
}

#endif /* SCRT_PORT_DYNAMIC */
