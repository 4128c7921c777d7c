// SPDX-License-Identifier: MIT
/*
 * change.c - the sites of a key change: may they all, and then one after the other. What one
 * may hold stands in site-forms.h, why it may, in sites.c.
 */
#include "order.h"
#include "site-forms.h"
#include "site-plain.h"
#include "sites.h"

/* ---- plain sites ---- */

/* How far ahead the text of sites is asked for: it is mostly in no cache near the processor. */
#define SITE_AHEAD 48

/* Are all sites of the record, in this order, behind each other in the table, and none has flags? */
static bool site_in_table_row(const struct scrt_module *m, uint32_t record, struct scrt_range all)
{
	uint32_t first, last;

	if (all.k == all.end || m->state[record].flags & SCRT_RECORD_ODD)
		return false;
	first = m->order[all.k];
	last = m->order[all.end - 1];
	return last < m->nsites && last - first == all.end - 1 - all.k;
}

/*
 * How far do the sites from order[k] on branch to where? No guard is plain, and nothing of which
 * anything is known that wants care: such a number has flags. ahead and row are constants; there
 * are as many more behind end, and all are in a row.
 */
static inline __attribute__((always_inline)) uint32_t site_run_to(const struct scrt_module *m,
								  uint32_t k, uint32_t end,
								  uintptr_t where, const int ahead,
								  const bool row)
{
	const struct static_call_key_site *sites = m->sites, *e = &sites[row ? m->order[k] : 0];
	const uint32_t *order = m->order;
	uint32_t nsites = m->nsites;

	for (; k < end && (row || order[k] < nsites); k++, e++) {
		if (!row)
			e = &sites[order[k]];
		if (ahead && row)
			__builtin_prefetch((const void *)site_plain_address(e + ahead));
		else if (ahead && order[k + ahead] < nsites)
			__builtin_prefetch(
				(const void *)site_plain_address(&sites[order[k + ahead]]));
		if (!site_plain_leads(e, where))
			break;
	}
	return k;
}

static inline __attribute__((always_inline)) uint32_t site_run_form(const struct scrt_module *m,
								    uint32_t k, uint32_t end,
								    uintptr_t where, const bool row)
{
	uint32_t middle = end - k > SITE_AHEAD ? end - SITE_AHEAD : k;

	k = site_run_to(m, k, middle, where, SITE_AHEAD, row);
	return k == middle ? site_run_to(m, k, end, where, 0, row) : k;
}

static uint32_t site_run(const struct scrt_module *m, uint32_t k, uint32_t end, uintptr_t where,
			 bool row)
{
	if (k == end)
		return k;
	return row ? site_run_form(m, k, end, where, true) : site_run_form(m, k, end, where, false);
}

/*
 * The sites from order[k] to order[end] have to change. All of a record that were found to lie
 * behind each other need not be asked for their addresses again.
 */
static void site_add_run(struct scrt_module *m, struct scrt_record *r, uint32_t k, uint32_t end)
{
	const struct static_call_key_site *sites = m->sites;
	uintptr_t lo = site_plain_address(&sites[m->order[k]]), last = lo, address;
	struct scrt_island some = { 0, 0 };
	uint32_t i = k;

	if (r->flags & SCRT_RECORD_IN_A_ROW) {
		last = site_plain_address(&sites[m->order[end - 1]]);
		site_add_to_patch(m, lo, last + SCRT_SITE_BYTES);
		return;
	}
	for (; i < end; i++) {
		address = site_plain_address(&sites[m->order[i]]);
		if (address - last > SCRT_ISLAND_FAR)
			break;
		last = address;
	}
	if (i == end && k == r[0].first && end == r[1].first)
		r->flags |= SCRT_RECORD_IN_A_ROW;
	site_add_to_patch(m, lo, last + SCRT_SITE_BYTES);
	for (; i < end; i++)
		site_gather(m, &some, site_plain_address(&sites[m->order[i]]));
	site_gathered(m, &some);
}

/* Check the sites from order[k] on; how far? */
static uint32_t site_check_plain(struct scrt_module *m, struct scrt_record *r,
				 const struct site_plain *plain, uint32_t k, uint32_t end, bool row)
{
	uint32_t begin;

	do {
		begin = site_run(m, k, end, plain->to, row);
		k = site_run(m, begin, end, plain->from, row);
		if (k > begin)
			site_add_run(m, r, begin, k);
	} while (k > begin && k < end);
	return k;
}

/*
 * Where sites are moved from and to. Backward: what the look before has seen last is in a cache, and
 * so is for the look behind what it sees first. A port that has the system write asks for the order of
 * addresses.
 */
enum {
	MOVE_STEP = SCRT_PORT_ASCENDING ? 1 : -1,
	MOVE_AT = SCRT_PORT_ASCENDING ? 0 : -1, /* of the next one, from where we are */
};

/*
 * Move the sites order[k] to order[end - 1], in the order that is said there: how far? A function of
 * its own has the registers for it.
 */
static __attribute__((__noinline__)) uint32_t
site_move_plain(struct scrt_module *m, const struct site_plain *plain, uint32_t k, uint32_t end)
{
	const struct static_call_key_site *sites = m->sites, *e;
	const uint32_t *order = m->order + (SCRT_PORT_ASCENDING ? k : end);
	const uint32_t *stop = m->order + (SCRT_PORT_ASCENDING ? end : k);
	uint32_t nsites = m->nsites, from = plain->from, to = plain->to, leads;

	for (; order != stop && order[MOVE_AT] < nsites; order += MOVE_STEP) {
		struct scrt_seen seen;

		e = &sites[order[MOVE_AT]];
		seen = scrt_form_see(site_plain_address(e));
		if (!scrt_branch_seen(seen, site_plain_opcode(e), &leads))
			break;
		if (leads == to)
			continue;
		if (leads != from || !scrt_text_replace_seen(m, seen, to - from))
			break;
	}
	return order - m->order;
}

/* ---- one site ---- */

/* Does this site have to change, and can it? Widen the module's range to it. */
static inline int site_check(struct scrt_module *m, uint32_t record, uint32_t k,
			     const struct scrt_code *code, struct scrt_aim from, struct scrt_aim to)
{
	struct site_place p = site_at(m, k);
	uint64_t old = site_read(p.site.address), wanted;
	struct site_forms f;
	int err;

	if (old == site_encode(&p, code, to))
		return 0;
	f = site_forms_of(m, record, k, &p, code, from, to);
	err = site_plan(&f, old, &wanted);
	if (!err && wanted != old)
		site_add_to_patch(m, p.site.address, p.site.address + SCRT_SITE_BYTES);
	return err;
}

/*
 * Write wanted over old, which f allows; false if the site has changed meanwhile. Until
 * after a form that is no branch was replaced by one, a breakpoint on it may hide that.
 *
 * E: a child that is forked in between finds SCRT_NOOP set too often, which is safe.
 */
static inline bool site_replace(struct scrt_module *m, uint32_t record, uint32_t k,
				const struct scrt_site *site, const struct site_forms *f,
				uint64_t old, uint64_t wanted)
{
	uint64_t opcode = wanted & SCRT_OPCODE_MASK;
	bool branch = opcode == (f->linked & SCRT_OPCODE_MASK);
	uint64_t same = wanted == f->to ? f->to_branch : wanted;

	if (SCRT_PORT_BREAKPOINTS && !branch && opcode != SCRT_OPCODE_INT3) {
		m->state[record].flags |= SCRT_RECORD_ODD;
		scrt_publish(&m->order[k], m->order[k] | SCRT_NOOP);
	}
	if (!scrt_text_replace(m, site->address, old, wanted, same))
		return false;
	if (SCRT_PORT_BREAKPOINTS && branch)
		scrt_publish(&m->order[k], m->order[k] & ~SCRT_NOOP);
	return true;
}

/* Is it among those that the check has found, or near one? */
static bool site_is_open(const struct scrt_module *m, uintptr_t address)
{
	uintptr_t page = address / SCRT_PAGE_BYTES;
	uint32_t i;

	if (SCRT_PORT_ROUNDS == 1 || m->writable)
		return true;
	if (!m->split)
		return address >= m->open_lo && address < m->open_hi;
	for (i = 0; i < m->nislands; i++)
		if (page >= m->island[i].lo / SCRT_PAGE_BYTES &&
		    page <= (m->island[i].hi - 1) / SCRT_PAGE_BYTES)
			return true;
	return false;
}

static inline int site_move(struct scrt_module *m, uint32_t record, uint32_t k,
			    const struct scrt_code *code, struct scrt_aim from, struct scrt_aim to)
{
	struct site_place p = site_at(m, k);
	struct site_forms f = site_forms_of(m, record, k, &p, code, from, to);
	uint64_t old, wanted;
	int err;

	do {
		old = site_read(p.site.address);
		err = site_plan(&f, old, &wanted);
		/* One that has changed since the check, and lies elsewhere, comes with the next one. */
		if (err || wanted == old || !site_is_open(m, p.site.address))
			break;
	} while (!site_replace(m, record, k, &p.site, &f, old, wanted));
	return err;
}

/* ---- all sites of a key ---- */

/* The first error of all sites, or of those that cannot be moved. */
int scrt_sites_check(struct scrt_module *m, uint32_t record, struct scrt_aim from,
		     struct scrt_aim to)
{
	struct scrt_range all = scrt_order_of(m, record);
	struct scrt_code code = site_code(m, record);
	struct site_plain plain = site_plain_of(m, &code, from, to);
	bool row = plain.any && site_in_table_row(m, record, all);
	int err, first = 0;

	for (; all.k < all.end; all.k++) {
		if (plain.any)
			all.k = site_check_plain(m, &m->state[record], &plain, all.k, all.end, row);
		if (all.k == all.end)
			break;
		if (site_lost(m, record, all.k, to.target) && !first)
			first = -EILSEQ;
		if (m->order[all.k] & SCRT_UNPATCHABLE)
			continue;
		err = site_check(m, record, all.k, &code, from, to);
		if (err && !first)
			first = err;
	}
	return first;
}

int scrt_sites_move(struct scrt_module *m, uint32_t record, struct scrt_aim from,
		    struct scrt_aim to)
{
	struct scrt_range all = scrt_order_of(m, record);
	struct scrt_code code = site_code(m, record);
	struct site_plain plain = site_plain_of(m, &code, from, to);
	uint32_t *next = SCRT_PORT_ASCENDING ? &all.k : &all.end, k;
	int err, first = 0;

	while (all.k < all.end) {
		if (plain.any)
			*next = site_move_plain(m, &plain, all.k, all.end);
		if (all.k == all.end)
			break;
		k = *next + MOVE_AT;
		*next += MOVE_STEP;
		if (m->order[k] & SCRT_UNPATCHABLE)
			continue;
		err = site_move(m, record, k, &code, from, to);
		if (err && !first)
			first = err;
	}
	return first;
}

#if SCRT_PORT_ROUNDS > 1

bool scrt_sites_right(struct scrt_module *m, uint32_t record, struct scrt_aim from,
		      struct scrt_aim to)
{
	struct scrt_range all = scrt_order_of(m, record);
	struct scrt_code code = site_code(m, record);

	for (; all.k < all.end; all.k++) {
		struct site_place p = site_at(m, all.k);
		struct site_forms f = site_forms_of(m, record, all.k, &p, &code, from, to);
		uint64_t old = site_read(p.site.address), wanted;

		if (m->order[all.k] & SCRT_UNPATCHABLE || site_right(&f, old))
			continue;
		if (site_plan(&f, old, &wanted) || wanted != old)
			return false;
	}
	return true;
}

#endif
