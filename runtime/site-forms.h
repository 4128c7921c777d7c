/* SPDX-License-Identifier: MIT */
/*
 * site-forms.h - what one site may hold, and what has to be written to it. Inline, for those
 * who go over all sites of a key; sites.c says why the forms are these.
 */
#ifndef STATIC_CALL_SITE_FORMS_H
#define STATIC_CALL_SITE_FORMS_H

#include "guards.h"
#include "port.h"
#include "x86_64-body.h"

/* A site, and if it is a guard, its first entry; or NULL. */
struct site_place {
	struct scrt_site site;
	const struct static_call_key_guard *guard;
};

static inline struct site_place site_numbered(const struct scrt_module *m, uint32_t number)
{
	const struct static_call_key_guard *guard = scrt_guard_of(m, number);
	struct site_place p = { .guard = guard };

	if (guard) {
		p.site = scrt_guard_site(guard);
	} else {
		const struct static_call_key_site *e = &m->sites[number];

		p.site.address = scrt_relative(&e->site);
		p.site.flags = scrt_relative(&e->record) & STATIC_CALL_KEY_SITE_FLAGS;
	}
	return p;
}

static inline struct site_place site_at(const struct scrt_module *m, uint32_t k)
{
	return site_numbered(m, m->order[k] & ~SCRT_ORDER_FLAGS);
}

static inline struct scrt_code site_code(const struct scrt_module *m, uint32_t record)
{
	const struct static_call_key_record *r = &m->records[record];
	struct scrt_code code = {
		.flags = r->flags,
		.trampoline = scrt_trampoline(m, record),
		.null = r->null_code ? scrt_relative(&r->null_code) : 0,
	};

	return code;
}

/* Where a site leads as linked: it may do so at any time. */
static inline uintptr_t site_long_way(const struct site_place *p, const struct scrt_code *code)
{
	return p->guard ? scrt_relative(&p->guard->slow) : code->trampoline;
}

/* The form of a site that branches, or does nothing where the key is NULL. */
static inline uint64_t site_encode_branch(const struct site_place *p, const struct scrt_code *code,
					  uintptr_t target)
{
	const struct scrt_site *site = &p->site;
	uint64_t whole;

	if (p->guard)
		return scrt_guard_form(p->guard, target);
	whole = site->flags & STATIC_CALL_KEY_SITE_TAIL ? 0 : scrt_port_form_of(target);
	if (whole)
		return whole;
	if (target && scrt_in_reach(site, target))
		return scrt_branch(site, target);
	if (target || !(code->flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL))
		return scrt_branch(site, code->trampoline);
	return scrt_port_null_form(site, code);
}

/* The form of a site for a target's body; 0: there is none for it. */
static inline uint64_t site_encode_body(const struct site_place *p, const struct scrt_code *code,
					struct scrt_aim aim)
{
	return !aim.body || p->guard ? 0 : scrt_port_body_form(&p->site, code, aim.body);
}

/* The form that a site should have. */
static inline uint64_t site_encode(const struct site_place *p, const struct scrt_code *code,
				   struct scrt_aim aim)
{
	uint64_t body = site_encode_body(p, code, aim);

	return body ? body : site_encode_branch(p, code, aim.target);
}

/* ---- what a site holds ---- */

static inline uint64_t site_read(uintptr_t address)
{
	return scrt_port_form(address, scrt_form_read(address));
}

/*
 * What one site may hold. Where it should hold a body, a branch is as right: a breakpoint
 * may keep the body from being written.
 */
struct site_forms {
	uint64_t linked;      /* the long way: always right */
	uint64_t file;        /* as the file has it: that, if it is not prelinked */
	uint64_t from;        /* as it should be now */
	uint64_t from_branch; /* ... without a body */
	uint64_t to;          /* as it shall be */
	uint64_t to_branch;
	uint64_t other; /* first byte of a form that is no branch, if a breakpoint may hide it; or 0 */
};

static inline bool site_right(const struct site_forms *f, uint64_t form)
{
	return form == f->to || form == f->to_branch || form == f->linked;
}

static inline bool site_known(const struct site_forms *f, uint64_t form)
{
	return site_right(f, form) || form == f->from || form == f->from_branch || form == f->file;
}

/*
 * Would these bytes be right under a breakpoint, whatever is done in its place, which is what
 * the file has, and whatever is put back: the file's opcode, which all branches have, or what
 * a debugger may have found?
 */
static inline bool site_right_under(const struct site_forms *f, uint64_t form)
{
	return site_right(f, f->file) &&
	       site_right(f, scrt_form_with(form, f->file & SCRT_OPCODE_MASK)) &&
	       (!f->other || site_right(f, scrt_form_with(form, f->other)));
}

/* Is this a breakpoint on one of the forms? */
static inline bool site_under_breakpoint(const struct site_forms *f, uint64_t form)
{
	uint64_t rest = scrt_form_rest(form);

	return SCRT_PORT_BREAKPOINTS && (form & SCRT_OPCODE_MASK) == SCRT_OPCODE_INT3 &&
	       (rest == scrt_form_rest(f->linked) || rest == scrt_form_rest(f->from) ||
		rest == scrt_form_rest(f->file) || rest == scrt_form_rest(f->to) ||
		rest == scrt_form_rest(f->from_branch) || rest == scrt_form_rest(f->to_branch));
}

/* Is this what the breakpoint hides, if nobody but a debugger puts it back? */
static inline uint64_t site_hidden(const struct site_forms *f, uint64_t form)
{
	return scrt_form_with(form, f->other ? f->other : f->file & SCRT_OPCODE_MASK);
}

/*
 * Has a uprobe been here, that was set and removed while the site held a body? It has put
 * the file's first byte before the other four, and this is nothing that could be executed.
 */
static inline bool site_spoilt(const struct site_forms *f, uint64_t form)
{
	return SCRT_PORT_BREAKPOINTS && f->from != f->from_branch &&
	       form == scrt_form_with(f->from, f->file & SCRT_OPCODE_MASK);
}

/*
 * What has to be written to a site that holds old. 0, or -EILSEQ: old is nothing that
 * the runtime knows; or -ETXTBSY: there is a breakpoint on it, and it cannot be helped.
 */
static inline int site_plan(const struct site_forms *f, uint64_t old, uint64_t *wanted)
{
	*wanted = f->to;
	if (site_known(f, old) || site_spoilt(f, old))
		return 0;
	if (!site_under_breakpoint(f, old))
		return -EILSEQ;
	*wanted = old;
	if (f->from == f->to && site_right(f, site_hidden(f, old)))
		return 0;
	*wanted = scrt_form_with(f->to, SCRT_OPCODE_INT3);
	if (site_right_under(f, *wanted))
		return 0;
	*wanted = scrt_form_with(f->to_branch, SCRT_OPCODE_INT3);
	return site_right_under(f, *wanted) ? 0 : -ETXTBSY;
}

static inline struct site_forms site_forms_of(const struct scrt_module *m, uint32_t record,
					      uint32_t k, const struct site_place *p,
					      const struct scrt_code *code, struct scrt_aim from,
					      struct scrt_aim to)
{
	struct site_forms f = {
		.linked = scrt_branch(&p->site, site_long_way(p, code)),
		.from = site_encode(p, code, from),
	};

	f.file = m->state[record].flags & SCRT_RECORD_PRELINKED
			 ? site_encode(p, code, scrt_aim_file(&m->state[record]))
			 : f.linked;
	f.to = from.target == to.target && from.body == to.body ? f.from : site_encode(p, code, to);
	f.from_branch = from.body ? site_encode_branch(p, code, from.target) : f.from;
	f.to_branch = to.body ? site_encode_branch(p, code, to.target) : f.to;
	if (m->order[k] & SCRT_NOOP)
		f.other = f.from & SCRT_OPCODE_MASK;
	return f;
}

/* What is aimed at if the key holds target: what the sites have been brought to, or not yet. */
static inline struct scrt_aim site_aim(const struct scrt_module *m, uint32_t record,
				       uintptr_t target)
{
	struct scrt_aim aim = scrt_aim_cur(&m->state[record]);

	return aim.target == target ? aim : (struct scrt_aim){ target, 0 };
}

/* Is the form one of a branch, as it is linked? */
static inline bool site_branches(uint64_t linked, uint64_t form)
{
	return !((form ^ linked) & SCRT_OPCODE_MASK);
}

/* A site of which nobody knows what it does, and that led to what the key shall hold no more. */
static inline bool site_lost(const struct scrt_module *m, uint32_t record, uint32_t k,
			     uintptr_t target)
{
	return m->order[k] & SCRT_UNPATCHABLE && m->state[record].flags & SCRT_RECORD_PRELINKED &&
	       m->state[record].file != target;
}

#endif /* STATIC_CALL_SITE_FORMS_H */
