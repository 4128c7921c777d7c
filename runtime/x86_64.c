// SPDX-License-Identifier: MIT
/*
 * x86_64.c - the code of a call site: encode, verify, store.
 *
 * A site is five bytes inside one aligned quadword, at all times one of
 *
 *	key holds		call			tail call
 *	------------------------------------------------------------------
 *	target within 2 GiB	e8 rel32		e9 rel32
 *	another target		e8 to the trampoline	e9 to the trampoline
 *	NULL			e8 to the trampoline	e9 to the trampoline
 *	NULL, a no-op:
 *	  void			0f 1f 44 00 00		c3 cc cc cc cc
 *	  value			2e 2e 2e 31 c0		e9 to the trampoline
 *	  wide value		e8 to the trampoline	e9 to the trampoline
 *
 * (nopl 0(%rax,%rax,1); cs cs cs xor %eax,%eax; ret and int3 that is never
 * reached.) In the kernel, calls of functions that it knows to do no more have
 * the same forms.
 *
 * Processors that run through the site while it is stored to see one
 * form or the other if it does not leave its quadword, and if no form has a
 * second instruction at which a processor could stand when the form is
 * replaced. That is why a tail call which returns a value has no form of its
 * own for NULL: xor, ret would be two instructions. The call may have been made
 * already: it returns to the fifth byte after the site in every form.
 *
 * The other three bytes of the quadword are written back as they were read just
 * before. Only a debugger that stops this thread between the two instructions,
 * and sets or removes a breakpoint in these bytes, would lose it.
 */
#include "x86_64.h"

struct site {
	uintptr_t address;
	unsigned int flags;
};

static inline struct site site_of(const struct static_call_key_site *e)
{
	struct site site = {
		.address = scrt_relative(&e->site),
		.flags = scrt_relative(&e->record) & STATIC_CALL_KEY_SITE_FLAGS,
	};

	return site;
}

static inline struct site site_at(const struct scrt_module *m, uint32_t k)
{
	return site_of(&m->sites[m->order[k] & ~SCRT_UNPATCHABLE]);
}

#ifdef __KERNEL__
#define site_write scrt_text_write
#else
static inline void site_write(struct scrt_module *m, uintptr_t address, uint64_t form)
{
	(void)m;
	scrt_form_store(address, form);
}
#endif

static inline uint64_t branch(const struct site *site, uintptr_t target)
{
	uint64_t opcode = site->flags & STATIC_CALL_KEY_SITE_TAIL ? SCRT_OPCODE_JMP
								  : SCRT_OPCODE_CALL;
	uint32_t distance = target - (site->address + SCRT_SITE_BYTES);

	return opcode | (uint64_t)distance << 8;
}

static inline bool in_reach(const struct site *site, uintptr_t target)
{
	ptrdiff_t distance = target - (site->address + SCRT_SITE_BYTES);

	return distance == (int32_t)distance;
}

static inline uint64_t encode(const struct site *site, uint32_t record_flags, uintptr_t trampoline,
			      uintptr_t target)
{
	uint64_t whole = site->flags & STATIC_CALL_KEY_SITE_TAIL ? 0 : scrt_form_of(target);

	if (whole)
		return whole;
	if (target && in_reach(site, target))
		return branch(site, target);
	if (target || !(record_flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL) ||
	    record_flags & STATIC_CALL_KEY_RECORD_RETURNS_WIDE)
		return branch(site, trampoline);
	if (!(site->flags & STATIC_CALL_KEY_SITE_TAIL))
		return record_flags & STATIC_CALL_KEY_RECORD_RETURNS_VALUE ? SCRT_FORM_ZERO
									   : SCRT_FORM_NOP;
	if (record_flags & STATIC_CALL_KEY_RECORD_RETURNS_VALUE ||
	    site->flags & STATIC_CALL_KEY_SITE_NO_RET || SCRT_NEVER_RET)
		return branch(site, trampoline);
	return SCRT_FORM_RET;
}

bool scrt_site_valid(const struct scrt_module *m, const struct static_call_key_site *e,
		     const struct static_call_key_record *r)
{
	struct site site = site_of(e);
	uintptr_t trampoline = scrt_trampoline(m, r - m->records);

	return (site.address & 7) <= 8 - SCRT_SITE_BYTES && in_reach(&site, trampoline) &&
	       !scrt_text_never_runs(m, site.address) &&
	       scrt_form_read(site.address) == branch(&site, trampoline);
}

bool scrt_site_holds(const struct scrt_module *m, uint32_t record, uint32_t k, uintptr_t target)
{
	struct site site = site_at(m, k);

	return scrt_form_read(site.address) ==
	       encode(&site, m->records[record].flags, scrt_trampoline(m, record), target);
}

int scrt_sites_check(struct scrt_module *m, uint32_t record)
{
	const struct scrt_record *r = &m->state[record];
	uint32_t flags = m->records[record].flags;
	uintptr_t trampoline = scrt_trampoline(m, record);
	uintptr_t cur = r->cur, next = r->next;
	uint32_t k, end = r[1].first;

	for (k = r->first; k < end; k++) {
		struct site site = site_at(m, k);
		uint64_t form;

		if (m->order[k] & SCRT_UNPATCHABLE)
			continue;
		form = encode(&site, flags, trampoline, cur);
		if (scrt_form_read(site.address) != form)
			return -EILSEQ;
		if (form == encode(&site, flags, trampoline, next))
			continue;
		if (site.address < m->patch_lo)
			m->patch_lo = site.address;
		if (site.address + SCRT_SITE_BYTES > m->patch_hi)
			m->patch_hi = site.address + SCRT_SITE_BYTES;
	}
	return 0;
}

void scrt_sites_move(struct scrt_module *m, uint32_t record, uintptr_t from, uintptr_t to)
{
	const struct scrt_record *r = &m->state[record];
	uint32_t flags = m->records[record].flags;
	uintptr_t trampoline = scrt_trampoline(m, record);
	uint32_t k, end = r[1].first;

	for (k = r->first; k < end; k++) {
		struct site site = site_at(m, k);
		uint64_t form;

		if (m->order[k] & SCRT_UNPATCHABLE)
			continue;
		form = encode(&site, flags, trampoline, to);
		if (form != encode(&site, flags, trampoline, from) &&
		    scrt_form_read(site.address) == encode(&site, flags, trampoline, from))
			site_write(m, site.address, form);
	}
}

void scrt_site_info(const struct scrt_module *m, uint32_t record, uint32_t k, uintptr_t target,
		    struct static_call_key_site_info *info)
{
	struct site site = site_at(m, k);
	uintptr_t trampoline = scrt_trampoline(m, record);
	const uint8_t *code = (const uint8_t *)site.address;
	int32_t distance = code[1] | code[2] << 8 | code[3] << 16 | (uint32_t)code[4] << 24;
	uintptr_t destination = 0;

	if (code[0] == SCRT_OPCODE_CALL || code[0] == SCRT_OPCODE_JMP)
		destination = site.address + SCRT_SITE_BYTES + (ptrdiff_t)distance;

	info->site = code;
	info->destination = (const void *)destination;
	info->flags = 0;
	if (site.flags & STATIC_CALL_KEY_SITE_TAIL)
		info->flags |= STATIC_CALL_KEY_SITE_INFO_TAIL;
	if (destination == trampoline)
		info->flags |= STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE;
	if (m->order[k] & SCRT_UNPATCHABLE)
		info->flags |= STATIC_CALL_KEY_SITE_INFO_UNPATCHABLE;
	else if (destination != trampoline && !scrt_site_holds(m, record, k, target))
		info->flags |= STATIC_CALL_KEY_SITE_INFO_STALE;
}

void scrt_key_probe(void *key)
{
	__asm__ volatile("lock orq $0, %0" : "+m"(*(scrt_word *)key) : : "cc");
}
