// SPDX-License-Identifier: MIT
/*
 * tables.c - what a module says of its keys and sites.
 *
 * Tables are looked at once, when their module registers, and not trusted: a
 * module whose tables do not add up is refused, and runs on through its
 * trampolines. A site that merely is not as the plugin writes it (somebody's
 * breakpoint, a linker that moved things) is marked and left alone, for good.
 */
#include "guards.h"
#include "offers.h"
#include "order.h"
#include "port.h"
#include "site-plain.h"
#include "sites.h"
#include "tables.h"
#include "targets.h"
#include "x86_64-body.h"

/* Code, tables and descriptor of a module refer to each other by 32 bits. */
static bool tables_near(const struct static_call_key_module *d, uintptr_t address)
{
	ptrdiff_t distance = address - (uintptr_t)d;

	return distance == (int32_t)distance;
}

/*
 * A table without entries may be anywhere: its bounds may be weak symbols that nobody
 * defined. Any other has to lie near its descriptor, in memory: a linker that defined
 * one bound of two leaves a table from address 0 on.
 */
static bool tables_bounds_ok(const struct static_call_key_module *d, uint64_t start, uint64_t stop,
			     uint64_t size, uint64_t align, uint64_t max)
{
	if (start == stop)
		return true;
	return start < stop && start % align == 0 && (stop - start) % size == 0 &&
	       (stop - start) / size <= max && tables_near(d, start) && tables_near(d, stop - 1) &&
	       scrt_readable(start) && scrt_readable(stop - 1);
}

#define TABLES_MODULE_FLAGS (SCRT_PORT_PRELINKED ? STATIC_CALL_KEY_MODULE_KNOWN : 0u)

bool scrt_descriptor_ok(const struct static_call_key_module *d)
{
	return d->version == STATIC_CALL_KEY_ABI_VERSION &&
	       d->size == STATIC_CALL_KEY_MODULE_SIZE && !(d->flags & ~TABLES_MODULE_FLAGS) &&
	       !d->reserved && (SCRT_PORT_ROOM || !d->room) &&
	       tables_bounds_ok(d, d->sites_start, d->sites_stop, STATIC_CALL_KEY_SITE_SIZE, 4,
				SCRT_SITES_MAX) &&
	       tables_bounds_ok(d, d->records_start, d->records_stop, STATIC_CALL_KEY_RECORD_SIZE,
				STATIC_CALL_KEY_RECORD_SIZE, SCRT_RECORDS_MAX) &&
	       tables_bounds_ok(d, d->targets_start, d->targets_stop, STATIC_CALL_KEY_TARGET_SIZE,
				8, SCRT_RECORDS_MAX) &&
	       tables_bounds_ok(d, d->objects_start, d->objects_stop, STATIC_CALL_KEY_OBJECT_SIZE,
				8, SCRT_RECORDS_MAX) &&
	       tables_bounds_ok(d, d->guards_start, d->guards_stop, STATIC_CALL_KEY_GUARD_SIZE, 4,
				SCRT_SITES_MAX - (d->sites_stop - d->sites_start) /
							 STATIC_CALL_KEY_SITE_SIZE) &&
	       tables_bounds_ok(d, d->bodies_start, d->bodies_stop, STATIC_CALL_KEY_BODY_SIZE, 4,
				SCRT_RECORDS_MAX) &&
	       tables_bounds_ok(d, d->offers_start, d->offers_stop, STATIC_CALL_KEY_OFFER_SIZE, 8,
				SCRT_RECORDS_MAX) &&
	       tables_bounds_ok(d, d->dynamics_start, d->dynamics_stop,
				STATIC_CALL_KEY_DYNAMIC_SIZE, 4, SCRT_RECORDS_MAX) &&
	       scrt_targets_ok(d) && scrt_offers_ok(d);
}

bool scrt_record_initial(const struct static_call_key_module *d,
			 const struct static_call_key_record *r, struct scrt_aim *aim)
{
	const struct static_call_key_body *b =
		(const struct static_call_key_body *)(uintptr_t)d->bodies_start;
	size_t n = (d->bodies_stop - d->bodies_start) / STATIC_CALL_KEY_BODY_SIZE;

	*aim = (struct scrt_aim){ 0, 0 };
	if (!(r->flags & STATIC_CALL_KEY_RECORD_PRELINKED))
		return !r->initial && !r->initial_body;
	if (!(d->flags & STATIC_CALL_KEY_MODULE_PRELINKED))
		return false;
	if (!r->initial)
		return !r->initial_body && r->flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL;
	aim->target = scrt_relative(&r->initial);
	if (!r->initial_body)
		return true;
	if (r->initial_body > n || scrt_relative(&b[r->initial_body - 1].target) != aim->target)
		return false;
	aim->body = scrt_body_of(b[r->initial_body - 1].code, b[r->initial_body - 1].length);
	return aim->body && !(aim->body & SCRT_BODY_SEVERAL);
}

static bool tables_record_ok(const struct static_call_key_module *d,
			     const struct static_call_key_record *r)
{
	struct scrt_aim aim;

	return r->version == STATIC_CALL_KEY_ABI_VERSION &&
	       r->size == STATIC_CALL_KEY_RECORD_SIZE &&
	       !(r->flags & ~STATIC_CALL_KEY_RECORD_KNOWN) && r->key % sizeof(uintptr_t) == 0 &&
	       r->trampoline && (!r->null_code || r->flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL) &&
	       scrt_record_initial(d, r, &aim) && !r->reserved;
}

/* Is what the records point to there? */
static bool tables_records_lead(const struct scrt_module *m)
{
	uintptr_t key_page = 0, name_page = 0, trampoline_page = 0;
	uint32_t i;

	for (i = 0; i < m->nrecords; i++) {
		uintptr_t key = m->records[i].key;
		const char *name = scrt_name(m, i);

		if ((key >= STATIC_CALL_KEY_LOWEST && !scrt_readable_next(key, &key_page)) ||
		    (name && !scrt_readable_next((uintptr_t)name, &name_page)) ||
		    !scrt_readable_next(scrt_trampoline(m, i), &trampoline_page))
			return false;
	}
	return true;
}

static void tables_add_text(struct scrt_module *m, uintptr_t address)
{
	if (address < m->text_lo)
		m->text_lo = address;
	if (address > m->text_hi)
		m->text_hi = address;
}

/* What is found out of sites that are told of one after the other. */
struct tables_sites {
	uintptr_t lo, hi; /* the first, and the last */
	uintptr_t page;   /* of the one before */
	size_t pages;     /* so often it is another one */
};

static inline void tables_add_site(struct tables_sites *all, uintptr_t address)
{
	uintptr_t page = address / SCRT_PAGE_BYTES;

	all->pages += page != all->page;
	all->page = page;
	all->lo = address < all->lo ? address : all->lo;
	all->hi = address > all->hi ? address : all->hi;
}

/* Check the table of sites, and count those of each record. */
static int tables_read_sites(struct scrt_module *m, struct tables_sites *all)
{
	const struct static_call_key_site *e = m->sites, *end = e + m->nsites;
	struct scrt_record *state = m->state;
	struct tables_sites found = *all;
	uint32_t nrecords = m->nrecords, flags = 0;

	for (; e < end; e++) {
		size_t record = scrt_record_told(m, &e->record);

		if (record >= nrecords)
			return -EINVAL;
		flags |= scrt_relative(&e->record);
		state[record].first++;
		tables_add_site(&found, scrt_relative(&e->site));
	}
	*all = found;
	return flags & STATIC_CALL_KEY_SITE_FLAGS & ~STATIC_CALL_KEY_SITE_KNOWN ? -EINVAL : 0;
}

static int tables_read_guards(struct scrt_module *m, struct tables_sites *all)
{
	int err = scrt_guards_check(m);
	uint32_t i;

	for (i = 0; i < m->nguards && !err; i++) {
		const struct static_call_key_guard *e = &m->guards[i];
		size_t record = scrt_record_told(m, &e->record);

		if (record >= m->nrecords)
			return -EINVAL;
		m->state[record].first += scrt_is_site(m, m->nsites + i);
		m->state[record].flags |= SCRT_RECORD_ODD;
		tables_add_site(all, scrt_relative(&e->site));
		tables_add_text(m, scrt_relative(&e->slow));
		if (e->body)
			tables_add_text(m, scrt_relative(&e->body));
	}
	return err;
}

/*
 * Sites that are told of one after the other lie behind each other: so many pages have some.
 * Where they do not, pages are counted twice, and are more than there are.
 */
static bool tables_are_dense(const struct scrt_module *m, size_t pages)
{
	size_t all = (scrt_text_end(m->sites_hi) - scrt_text_start(m->sites_lo)) / SCRT_PAGE_BYTES;

	return pages <= all && pages >= all - all / 4;
}

/* Check all entries, count the sites of each record, find where the code is. */
static int tables_read(struct scrt_module *m)
{
	struct tables_sites all = { .lo = UINTPTR_MAX };
	uint32_t i;
	int err;

	for (i = 0; i < m->nrecords; i++)
		if (!tables_record_ok(m->desc, &m->records[i]))
			return -EINVAL;
	if (!tables_records_lead(m))
		return -EFAULT;

	m->text_lo = UINTPTR_MAX;
	m->text_hi = 0;
	err = tables_read_sites(m, &all);
	if (!err)
		err = tables_read_guards(m, &all);
	if (err)
		return err;
	m->sites_lo = all.lo;
	if (!m->nsites && !m->nguards) {
		m->text_lo = 0;
		return 0;
	}
	m->sites_hi = all.hi + SCRT_SITE_BYTES;
	m->dense = tables_are_dense(m, all.pages);
	tables_add_text(m, all.lo);
	tables_add_text(m, all.hi);
	/* Sites are read by quadwords, and one that is not in one, by bytes. */
	m->text_lo &= ~(uintptr_t)7;
	m->text_hi = (m->text_hi & ~(uintptr_t)7) + 16;
	return m->text_lo < m->text_hi ? 0 : -EINVAL;
}

/* What the sites of each record lead to, before anything has been patched. */
static void tables_begin(struct scrt_module *m)
{
	struct scrt_record *r = m->state;
	struct scrt_aim aim;
	uint32_t i;

	for (i = 0; i < m->nrecords; i++, r++) {
		scrt_record_initial(m->desc, &m->records[i], &aim);
		if (m->records[i].flags & STATIC_CALL_KEY_RECORD_PRELINKED)
			r->flags |= SCRT_RECORD_PRELINKED;
		else
			aim.target = scrt_trampoline(m, i);
		r->cur = r->next = r->file = aim.target;
		r->cur_body = r->next_body = r->file_body = aim.body;
		r->link = SCRT_LINK_NONE;
	}
}

static void tables_begin_site(struct scrt_module *m, size_t record, uint32_t number)
{
	struct scrt_record *r = &m->state[record];
	bool as_file = true;
	uint32_t flags = scrt_site_begin(m, record, number, &as_file);

	if (!as_file)
		r->flags |= SCRT_RECORD_MIXED;
	if (!flags)
		return;
	r->flags |= SCRT_RECORD_ODD;
	scrt_order_flag(m, record, number, flags);
}

void scrt_module_begin(struct scrt_module *m)
{
	const struct static_call_key_site *sites = m->sites;
	struct scrt_record *state = m->state;
	uint32_t k;

	for (k = 0; k < m->nsites; k++) {
		size_t record = scrt_record_told(m, &sites[k].record);

		/* .cur is the trampoline. */
		if (state[record].flags & SCRT_RECORD_PRELINKED ||
		    !site_plain_as_linked(m, &sites[k], state[record].cur))
			tables_begin_site(m, record, k);
	}
	for (; k < m->nsites + m->nguards; k++)
		if (scrt_is_site(m, k))
			tables_begin_site(m, scrt_record_of(m, k), k);
}

/* Was the code rewritten after linking? See struct static_call_key_module. */
static bool tables_code_moved(const struct static_call_key_module *d)
{
	return d->code && d->code != scrt_relative(&d->code_here);
}

int scrt_module_make(struct static_call_key_module *desc, struct scrt_module **made)
{
	size_t nsites = (desc->sites_stop - desc->sites_start) / STATIC_CALL_KEY_SITE_SIZE;
	size_t nrecords = (desc->records_stop - desc->records_start) / STATIC_CALL_KEY_RECORD_SIZE;
	size_t nguards = (desc->guards_stop - desc->guards_start) / STATIC_CALL_KEY_GUARD_SIZE;
	size_t bytes = sizeof(struct scrt_module) + (nrecords + 1) * sizeof(struct scrt_record) +
		       (nsites + nguards) * sizeof(uint32_t);
	struct scrt_module *m = scrt_alloc(bytes);
	int err;

	if (!m)
		return -ENOMEM;
	m->bytes = bytes;
	m->desc = desc;
	m->sites = (const struct static_call_key_site *)desc->sites_start;
	m->records = (const struct static_call_key_record *)desc->records_start;
	m->guards = (const struct static_call_key_guard *)desc->guards_start;
	m->nsites = nsites;
	m->nrecords = nrecords;
	m->nguards = nguards;
	m->state = (struct scrt_record *)(m + 1);
	m->order = (uint32_t *)(m->state + nrecords + 1);
	m->pending = SCRT_LINK_END;

	err = tables_read(m);
	if (!err)
		err = scrt_text_check(m);
	if (err >= 0 && tables_code_moved(desc))
		err = -ESTALE;
	if (err == -ESTALE) {
		m->degraded = true;
		m->why = err;
		err = 0;
	}
	if (err < 0) {
		scrt_free(m, bytes);
		return err;
	}
	m->writable = err;
	scrt_order_begin(m);
	tables_begin(m);
	*made = m;
	return 0;
}
