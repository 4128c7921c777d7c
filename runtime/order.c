// SPDX-License-Identifier: MIT
/*
 * order.c - which sites a record has.
 *
 * The table has them in the order of the code. They are sorted when a record's are first asked
 * for: a module most of whose sites change at once, as when it comes (sweep.c), or none, as when
 * it was prelinked, need not wait for that, nor have the memory touched.
 */
#include "guards.h"
#include "order.h"

void scrt_order_begin(struct scrt_module *m)
{
	struct scrt_record *r = m->state, *end = r + m->nrecords;
	uint32_t first = 0, count;

	for (; r < end; r++) {
		count = r->first;
		r->first = first;
		first += count;
	}
	r->first = first;
}

/*
 * A counting sort, which is stable.
 *
 * E: a child that is forked meanwhile begins anew; what is there has no flags yet.
 */
void scrt_order_make(struct scrt_module *m)
{
	const struct static_call_key_site *sites = m->sites;
	struct scrt_record *state = m->state;
	uint32_t *order = m->order;
	uint32_t i, k;

	for (i = 0; i < m->nrecords; i++)
		state[i].place = state[i].first;
	for (k = 0; k < m->nsites; k++)
		order[state[scrt_record_told(m, &sites[k].record)].place++] = k;
	for (; k < m->nsites + m->nguards; k++)
		if (scrt_is_site(m, k))
			order[state[scrt_record_of(m, k)].place++] = k;
	scrt_publish(&m->ordered, true);
}

void scrt_order_flag(struct scrt_module *m, size_t record, uint32_t number, uint32_t flags)
{
	struct scrt_range sites = scrt_order_of(m, record);
	uint32_t lo = sites.k, hi = sites.end;

	/* The sort has left those of a record ascending. */
	while (hi - lo > 1) {
		uint32_t mid = lo + (hi - lo) / 2;

		if ((m->order[mid] & ~SCRT_ORDER_FLAGS) > number)
			hi = mid;
		else
			lo = mid;
	}
	m->order[lo] |= flags;
	m->lost |= (flags & SCRT_UNPATCHABLE) != 0;
}
