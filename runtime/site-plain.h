/* SPDX-License-Identifier: MIT */
/*
 * site-plain.h - what most sites of a key are: they branch to one place before a change and to
 * another after it, so that both forms follow from the address alone. A change looks for these
 * two first, and only at a site that has neither for all that it may hold (site-forms.h).
 */
#ifndef STATIC_CALL_SITE_PLAIN_H
#define STATIC_CALL_SITE_PLAIN_H

#include "port.h"

struct site_plain {
	uintptr_t from, to;
	bool any; /* are there such sites? */
};

/* Where all sites of the record branch to that aim at this; 0: not all do, or not to one place. */
static inline uintptr_t site_plain_destination(const struct scrt_module *m,
					       const struct scrt_code *code, struct scrt_aim aim)
{
	struct scrt_site first = { .address = m->text_lo }, last = { .address = m->text_hi };

	if (aim.body || scrt_port_form_of(aim.target))
		return 0;
	if (!aim.target)
		return code->flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL ? 0 : code->trampoline;
	return scrt_in_reach(&first, aim.target) && scrt_in_reach(&last, aim.target) ? aim.target
										     : 0;
}

static inline struct site_plain site_plain_of(const struct scrt_module *m,
					      const struct scrt_code *code, struct scrt_aim from,
					      struct scrt_aim to)
{
	struct site_plain plain = {
		.from = site_plain_destination(m, code, from),
		.to = site_plain_destination(m, code, to),
	};

	plain.any = plain.from && plain.to;
	return plain;
}

static inline uintptr_t site_plain_address(const struct static_call_key_site *e)
{
	return scrt_relative(&e->site);
}

/* The flag alone, for which the field's own address, a multiple of four, does not count. */
static inline uint64_t site_plain_opcode(const struct static_call_key_site *e)
{
	return scrt_branch_opcode(e->record);
}

static inline bool site_plain_leads(const struct static_call_key_site *e, uintptr_t where)
{
	uintptr_t leads;

	return scrt_branch_read(site_plain_address(e), site_plain_opcode(e), &leads) &&
	       leads == where;
}

/* Nearly all sites, when their module comes: a branch to this trampoline, in one quadword. */
static inline bool site_plain_as_linked(const struct scrt_module *m,
					const struct static_call_key_site *e, uintptr_t trampoline)
{
	uintptr_t address = site_plain_address(e);

	return (address & 7) <= 8 - SCRT_SITE_BYTES && site_plain_leads(e, trampoline) &&
	       !scrt_text_never_runs(m, address);
}

static inline bool site_is_far(uintptr_t address, uintptr_t lo, uintptr_t hi)
{
	return address > hi ? address - hi > SCRT_ISLAND_FAR
			    : lo - address > SCRT_ISLAND_FAR && address < lo;
}

/* The check has found sites in [lo, hi) that have to change. */
static inline void site_add_to_patch(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	struct scrt_island *last = m->nislands ? &m->island[m->nislands - 1] : NULL;

	if (lo < m->patch_lo)
		m->patch_lo = lo;
	if (hi > m->patch_hi)
		m->patch_hi = hi;
	if (!last || (m->nislands < SCRT_ISLANDS && site_is_far(lo, last->lo, last->hi))) {
		m->island[m->nislands++] = (struct scrt_island){ lo, hi };
		return;
	}
	last->lo = lo < last->lo ? lo : last->lo;
	last->hi = hi > last->hi ? hi : last->hi;
}

/* The same of sites that come one by one, and are added together; at first both are 0. */
static inline void site_gathered(struct scrt_module *m, const struct scrt_island *some)
{
	if (some->hi)
		site_add_to_patch(m, some->lo, some->hi + SCRT_SITE_BYTES);
}

static inline void site_gather(struct scrt_module *m, struct scrt_island *some, uintptr_t address)
{
	/* Nearly always: not far behind the one before. */
	if (address - some->hi <= SCRT_ISLAND_FAR) {
		some->hi = address;
		return;
	}
	if (some->hi && address < some->hi && some->lo <= address + SCRT_ISLAND_FAR) {
		some->lo = address < some->lo ? address : some->lo;
		return;
	}
	site_gathered(m, some);
	some->lo = some->hi = address;
}

#endif /* STATIC_CALL_SITE_PLAIN_H */
