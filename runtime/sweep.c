// SPDX-License-Identifier: MIT
/*
 * sweep.c - most sites of a module change at once, as when it comes and goes: they are looked
 * at in the order of the table, which is mostly that of their addresses, and not key by key,
 * which would go through all of the code for each.
 *
 * What is done here is plain (site-plain.h): records all of whose sites are, and where nothing
 * else turns up. These are marked, and all others are left to change.c.
 */
#include "guards.h"
#include "site-plain.h"
#include "sweep.h"

#define SWEEP_RECORDS 8 /* with fewer, it is not worth it */

/* Both forms of all its sites follow from what the record leads to: now, and then. */
static bool sweep_may(const struct scrt_module *m, uint32_t record)
{
	const struct scrt_record *r = &m->state[record];
	struct scrt_code code = { .flags = m->records[record].flags };

	return !(r->flags & (SCRT_RECORD_PARTED | SCRT_RECORD_ODD)) && r->cur && r->next &&
	       site_plain_destination(m, &code, scrt_aim_cur(r)) == r->cur &&
	       site_plain_destination(m, &code, scrt_aim_next(r)) == r->next;
}

/* Mark what may be swept; is it worth it? */
static bool sweep_begin(struct scrt_module *m)
{
	uint32_t i, records = 0, sites = 0;

	for (i = m->pending; i != SCRT_LINK_END; i = m->state[i].link) {
		m->state[i].flags &= ~SCRT_RECORD_SWEPT;
		records++;
		sites += m->state[i + 1].first - m->state[i].first;
	}
	if (records < SWEEP_RECORDS || sites < m->nsites / 2)
		return false;
	for (i = m->pending; i != SCRT_LINK_END; i = m->state[i].link)
		if (sweep_may(m, i))
			m->state[i].flags |= SCRT_RECORD_SWEPT;
	return true;
}

/* The record of a site, if it is swept; or NULL. */
static inline struct scrt_record *sweep_record(const struct scrt_module *m,
					       const struct static_call_key_site *e)
{
	struct scrt_record *record = &m->state[scrt_record_told(m, &e->record)];

	return record->flags & SCRT_RECORD_SWEPT ? record : NULL;
}

void scrt_sweep_check(struct scrt_module *m, bool forward)
{
	const struct static_call_key_site *e = m->sites, *end = m->sites + m->nsites;
	struct scrt_island some = { 0, 0 };

	if (!sweep_begin(m))
		return;
	for (; e < end; e++) {
		struct scrt_record *r = sweep_record(m, e);

		if (!r || site_plain_leads(e, forward ? r->next : r->cur))
			continue;
		if (site_plain_leads(e, forward ? r->cur : r->next))
			site_gather(m, &some, site_plain_address(e));
		else
			r->flags &= ~SCRT_RECORD_SWEPT;
	}
	site_gathered(m, &some);
}

bool scrt_sweep_any(struct scrt_module *m)
{
	const struct static_call_key_site *e = m->sites, *end = m->sites + m->nsites;
	const struct scrt_record *r;

	if (!sweep_begin(m))
		return false;
	for (; e < end; e++) {
		r = sweep_record(m, e);
		if (r && !site_plain_leads(e, r->next))
			return true;
	}
	return false;
}

void scrt_sweep_move(struct scrt_module *m, bool forward)
{
	const struct static_call_key_site *e = m->sites, *end = m->sites + m->nsites;

	if (!sweep_begin(m))
		return;
	for (; e < end; e++) {
		struct scrt_record *r = sweep_record(m, e);
		uint32_t leads, from, to;
		struct scrt_seen seen;

		if (!r)
			continue;
		from = forward ? r->cur : r->next;
		to = forward ? r->next : r->cur;
		seen = scrt_form_see(site_plain_address(e));
		if (scrt_branch_seen(seen, site_plain_opcode(e), &leads) &&
		    (leads == to || (leads == from && scrt_text_replace_seen(m, seen, to - from))))
			continue;
		r->flags &= ~SCRT_RECORD_SWEPT;
	}
}
