// SPDX-License-Identifier: MIT
/*
 * totals.c - what is told of at the end, under STATIC_CALL=stats. Modules go one by one when a
 * program ends, and each is counted when it goes; the port tells when the last has gone.
 */
#include "order.h"
#include "sites.h"
#include "totals.h"
#if SCRT_PORT_DYNAMIC
#include "blocks.h"
#endif

void scrt_totals_update(struct scrt_state *s, int err)
{
	if (!s->stats)
		return;
	s->totals.updates += !err;
	s->totals.failed += !!err;
}

static void totals_sites(struct scrt_totals *t, struct scrt_module *m, uint32_t record)
{
	struct scrt_range all = scrt_order_of(m, record);
	struct static_call_key_site_info site;

	t->records += all.k != all.end;
	for (; all.k < all.end; all.k++) {
		scrt_site_info(m, record, all.k, m->state[record].cur, &site);
		if (site.flags & STATIC_CALL_KEY_SITE_INFO_GUARD) {
			t->guards++;
			continue;
		}
		t->sites++;
		t->patched += !(site.flags & (STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE |
					      STATIC_CALL_KEY_SITE_INFO_UNPATCHABLE));
	}
}

#if SCRT_PORT_DYNAMIC
static void totals_dynamic(struct scrt_totals *t, const struct scrt_dynamic *d)
{
	uint32_t i, n = d ? scrt_slots(d) : 0;
	unsigned int k;

	for (i = 0; i < n; i++) {
		const struct scrt_slot *slot = &d->slots[i];

		if (!slot->id)
			continue;
		t->learned += slot->mode == SCRT_SLOT_LEARNED;
		t->given_up += slot->mode == SCRT_SLOT_GIVEN_UP;
		for (k = 0; d->hits && k < SCRT_BLOCK_TARGETS; k++)
			t->hits += __atomic_load_n(&d->hits[i].target[k], __ATOMIC_RELAXED);
		if (d->hits)
			t->misses += __atomic_load_n(&d->hits[i].miss, __ATOMIC_RELAXED);
	}
	if (d) {
		t->hits += d->hit;
		t->misses += d->missed;
	}
}
#endif

void scrt_totals_leave(struct scrt_state *s, struct scrt_module *m)
{
	struct scrt_totals *t = &s->totals;
	uint32_t i;

	if (!s->stats)
		return;
	t->modules++;
	for (i = 0; i < m->nrecords; i++)
		totals_sites(t, m, i);
	t->dynamic +=
		(m->desc->dynamics_stop - m->desc->dynamics_start) / STATIC_CALL_KEY_DYNAMIC_SIZE;
#if SCRT_PORT_DYNAMIC
	totals_dynamic(t, m->dynamic);
#endif
}
