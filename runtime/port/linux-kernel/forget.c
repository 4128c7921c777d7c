// SPDX-License-Identifier: MIT
/*
 * forget.c - memory of the kernel that goes away, with sites and keys in it, or that becomes
 * read-only.
 */
#include "enter.h"
#include "guards.h"
#include "linux-kernel.h"
#include "order.h"
#include "seal.h"
#include "sealed.h"

static bool forget_within(uintptr_t address, uintptr_t lo, uintptr_t hi)
{
	return address >= lo && address < hi;
}

/* Is this the number of a site that will be gone? */
static bool forget_site(const struct scrt_module *m, uint32_t k, uintptr_t lo, uintptr_t hi)
{
	return forget_within(scrt_site_address(m, k & ~SCRT_ORDER_FLAGS), lo, hi);
}

/* Close the gaps that the sites in [lo, hi), and those of keys there, leave in order[]. */
static void forget_module(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	uint32_t i, k = 0, end, kept = 0;

	if (!m->ordered)
		scrt_order_make(m);
	for (i = 0; i < m->nrecords; i++) {
		bool key_gone = forget_within(m->records[i].key, lo, hi);

		end = m->state[i + 1].first;
		m->state[i].first = kept;
		for (; k < end; k++) {
			if (!key_gone && !forget_site(m, m->order[k], lo, hi))
				m->order[kept++] = m->order[k];
			else
				m->state[i].flags |= SCRT_RECORD_PARTED;
		}
	}
	m->state[i].first = kept;
}

void scrt_forget(uintptr_t lo, uintptr_t hi)
{
	struct scrt_registry *reg;
	struct scrt_state *s;
	size_t i, kept = 0;

	if (lo >= hi || scrt_enter(&s))
		return;
	reg = s->registry;
	for (i = 0; reg && i < reg->nmodules; i++)
		forget_module(reg->modules[i], lo, hi);
	for (i = 0; reg && i < reg->nrefs; i++) {
		const struct scrt_ref *ref = &reg->refs[i];
		const struct scrt_record *r = &ref->module->state[ref->record];

		if (r[0].first != r[1].first)
			reg->refs[kept++] = *ref;
	}
	if (reg)
		reg->nrefs = kept;
	scrt_sealed_drop(s, lo, hi - 1);
	scrt_leave(s);
}

void scrt_read_only(uintptr_t lo, uintptr_t hi)
{
	struct scrt_state *s;

	if (lo >= hi || scrt_enter(&s))
		return;
	scrt_seal_range(s, lo, hi);
	scrt_leave(s);
}
