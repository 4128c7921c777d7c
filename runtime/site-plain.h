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

static inline uint64_t site_plain_opcode(const struct static_call_key_site *e)
{
	return scrt_branch_opcode(scrt_relative(&e->record));
}

static inline void site_add_to_patch(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	if (lo < m->patch_lo)
		m->patch_lo = lo;
	if (hi > m->patch_hi)
		m->patch_hi = hi;
}

#endif /* STATIC_CALL_SITE_PLAIN_H */
