// SPDX-License-Identifier: MIT
/*
 * withdraw.c - prelinked sites of a module that is not registered: not any more, or because the
 * runtime cannot. No store to a key is followed there, so before the first one they are made
 * what they were before they were prelinked: calls of trampolines, which are right whatever the
 * key holds. Needs no memory. The caller has the lock, or nobody can have one.
 */
#include "guards.h"
#include "port.h"
#include "sites.h"
#include "tables.h"
#include "withdraw.h"

/* The tables of a module, for those who want only to read them. */
static bool withdraw_read(struct static_call_key_module *desc, struct scrt_module *m)
{
	if (!scrt_descriptor_ok(desc))
		return false;
	*m = (struct scrt_module){
		.desc = desc,
		.sites = (const struct static_call_key_site *)desc->sites_start,
		.records = (const struct static_call_key_record *)desc->records_start,
		.guards = (const struct static_call_key_guard *)desc->guards_start,
		.nsites = (desc->sites_stop - desc->sites_start) / STATIC_CALL_KEY_SITE_SIZE,
		.nrecords =
			(desc->records_stop - desc->records_start) / STATIC_CALL_KEY_RECORD_SIZE,
		.nguards = (desc->guards_stop - desc->guards_start) / STATIC_CALL_KEY_GUARD_SIZE,
	};
	return scrt_guards_check(m) == 0;
}

/* Is this a prelinked site, and in the form that the file has? */
static bool withdraw_site(const struct scrt_module *m, uint32_t number, uintptr_t *address,
			  uint64_t *old, uint64_t *wanted)
{
	uint32_t record = scrt_record_of(m, number);
	struct scrt_aim aim;

	return scrt_is_site(m, number) && record < m->nrecords &&
	       m->records[record].flags & STATIC_CALL_KEY_RECORD_PRELINKED &&
	       scrt_record_initial(m->desc, &m->records[record], &aim) &&
	       scrt_site_withdrawn(m, record, number, aim, address, old, wanted);
}

int scrt_withdraw(struct static_call_key_module *desc)
{
	uint64_t old, wanted;
	uintptr_t address;
	struct scrt_module m;
	uint32_t i;
	int err;

	if (!withdraw_read(desc, &m))
		return -EINVAL;
	m.patch_lo = UINTPTR_MAX;
	for (i = 0; i < m.nsites + m.nguards; i++) {
		if (!withdraw_site(&m, i, &address, &old, &wanted))
			continue;
		if (address < m.patch_lo)
			m.patch_lo = address;
		if (address + SCRT_SITE_BYTES > m.patch_hi)
			m.patch_hi = address + SCRT_SITE_BYTES;
	}
	if (m.patch_hi) {
		m.patch_lo = scrt_text_start(m.patch_lo);
		m.patch_hi = scrt_text_end(m.patch_hi);
		err = scrt_text_open(&m, m.patch_lo, m.patch_hi);
		if (err)
			return err;
		for (i = 0; i < m.nsites + m.nguards; i++)
			if (withdraw_site(&m, i, &address, &old, &wanted))
				scrt_text_replace(&m, address, old, wanted, wanted);
		scrt_text_changed(m.patch_lo, m.patch_hi);
		/* What is left open is written to no more. */
		err = scrt_text_close(&m, m.patch_lo, m.patch_hi);
		if (err > 0)
			return -err;
	}
	/* Nothing has to come here any more. */
	scrt_publish(&desc->range_span, 0);
	return 0;
}

void scrt_withdraw_or_stop(const struct static_call_key_module *desc, uintptr_t first,
			   uintptr_t last, int err)
{
	struct scrt_module m;
	struct scrt_aim aim;
	uint32_t i;

	/* Not relocated yet: nothing in it can have been replaced. */
	if (desc->code && desc->code != scrt_relative(&desc->code_here))
		return;
	if (!withdraw_read((struct static_call_key_module *)desc, &m)) {
		scrt_fatal(scrt_known(), NULL, err);
		return;
	}
	for (i = 0; i < m.nrecords; i++) {
		uintptr_t key = m.records[i].key;

		if (m.records[i].flags & STATIC_CALL_KEY_RECORD_PRELINKED && key >= first &&
		    key <= last && key >= STATIC_CALL_KEY_LOWEST &&
		    scrt_record_initial(desc, &m.records[i], &aim) &&
		    scrt_key_read(key) != aim.target)
			scrt_fatal(scrt_known(), scrt_name(&m, i), err);
	}
}
