// SPDX-License-Identifier: MIT
/*
 * sites.c - the call sites of a module: do they hold what they should, what shall they
 * hold, and the change from one to the other. x86_64.h has the forms and what
 * makes their replacement safe.
 *
 * As linked, a site leads to its trampoline, a guard to its slow path, and that is right
 * whatever the key holds. It may be so again at any time: the program drops its private pages of text
 * (MADV_DONTNEED), and the file's come back.
 *
 * Breakpoints. Somebody may put cc on the first byte of a site: a debugger, which
 * later puts back the byte that it found, or a uprobe, which puts back the file's and
 * lets the kernel do meanwhile what the file's instruction does. So the cc stays, and
 * under it the other four bytes are changed if all that may be put back then leads
 * right. It does from a branch to a branch, and, as the no-ops of programs keep the
 * four bytes that were linked, from a branch to a no-op. From a no-op to a branch it does
 * not, if the debugger may have found the no-op: then the change is refused.
 *
 * The same with bodies, whose four bytes are nobody else's: under a breakpoint no body is
 * written, but a branch, and none is changed that a debugger may have found. A uprobe that was
 * set on a body and is removed leaves what cannot be executed, and nothing here can keep it
 * from that: site_spoilt() only knows it again. Nor can it be told before: so there is a
 * way to have no bodies (STATIC_CALL=nobodies).
 *
 * Where a site is prelinked, the file's form is no long way: it is right only while the key
 * holds what it was initialized with. So under a breakpoint such a site leaves that form only to
 * the file's, and what drops private pages while the key holds something else, or sets a uprobe
 * on the site itself then, brings back the old target. Only verify() finds that.
 *
 * What remains: a debugger that copies a site to execute it elsewhere while threads
 * run (displaced stepping, in non-stop mode) may copy it half-way; one that writes
 * back more than the byte under its breakpoint brings back old bytes, and verify()
 * finds them.
 */
#include "guards.h"
#include "port.h"
#include "sites.h"
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

uint32_t scrt_site_begin(const struct scrt_module *m, uint32_t record, uint32_t number,
			 bool *as_file)
{
	struct site_place p = site_numbered(m, number);
	struct scrt_code code = site_code(m, record);
	uintptr_t long_way = site_long_way(&p, &code);
	uint64_t linked = scrt_branch(&p.site, long_way), file = linked, form;
	uint32_t noop;

	if ((p.site.address & 7) > 8 - SCRT_SITE_BYTES || !scrt_in_reach(&p.site, long_way) ||
	    scrt_text_never_runs(m, p.site.address))
		return SCRT_UNPATCHABLE;
	if (m->state[record].flags & SCRT_RECORD_PRELINKED)
		file = site_encode(&p, &code, scrt_aim_file(&m->state[record]));
	form = site_read(p.site.address);
	/* A debugger may have found what the file has. */
	noop = SCRT_PORT_BREAKPOINTS && !site_branches(linked, file) ? SCRT_NOOP : 0;
	if (form == file)
		return noop;
	*as_file = false;
	if (form == linked)
		return 0;
	if (site_under_breakpoint(&(struct site_forms){ linked, file, file, file, file, file, 0 },
				  form))
		return noop;
	return SCRT_UNPATCHABLE;
}

bool scrt_site_withdrawn(const struct scrt_module *m, uint32_t record, uint32_t number,
			 struct scrt_aim aim, uintptr_t *address, uint64_t *old, uint64_t *wanted)
{
	struct site_place p = site_numbered(m, number);
	struct scrt_code code = site_code(m, record);

	if ((p.site.address & 7) > 8 - SCRT_SITE_BYTES)
		return false;
	*address = p.site.address;
	*old = site_encode(&p, &code, aim);
	*wanted = scrt_branch(&p.site, site_long_way(&p, &code));
	return *old != *wanted && site_read(p.site.address) == *old;
}

/* A site of which nobody knows what it does, and that led to what the key shall hold no more. */
static inline bool site_lost(const struct scrt_module *m, uint32_t record, uint32_t k,
			     uintptr_t target)
{
	return m->order[k] & SCRT_UNPATCHABLE && m->state[record].flags & SCRT_RECORD_PRELINKED &&
	       m->state[record].file != target;
}

bool scrt_site_right(const struct scrt_module *m, uint32_t record, uint32_t k, uintptr_t target)
{
	struct scrt_code code = site_code(m, record);
	struct site_place p = site_at(m, k);
	struct site_forms f = site_forms_of(m, record, k, &p, &code,
					    scrt_aim_cur(&m->state[record]),
					    site_aim(m, record, target));
	uint64_t form = site_read(p.site.address);

	return site_right(&f, form) ||
	       (site_under_breakpoint(&f, form) && site_right(&f, site_hidden(&f, form)));
}

bool scrt_site_direct(const struct scrt_module *m, uint32_t record, uint32_t k, uintptr_t target)
{
	struct scrt_code code = site_code(m, record);
	struct site_place p = site_at(m, k);
	struct scrt_aim aim = site_aim(m, record, target);
	struct site_forms f = site_forms_of(m, record, k, &p, &code, aim, aim);

	return f.to != f.linked;
}

int scrt_sites_check(struct scrt_module *m, uint32_t record, struct scrt_aim from,
		     struct scrt_aim to)
{
	const struct scrt_record *r = &m->state[record];
	struct scrt_code code = site_code(m, record);
	uint32_t k, end = r[1].first;
	int err, first = 0;

	for (k = r->first; k < end; k++) {
		struct site_place p = site_at(m, k);
		uintptr_t address = p.site.address;
		struct site_forms f;
		uint64_t old, wanted;

		if (site_lost(m, record, k, to.target) && !first)
			first = -EILSEQ;
		if (m->order[k] & SCRT_UNPATCHABLE)
			continue;
		old = site_read(address);
		if (old == site_encode(&p, &code, to))
			continue;
		f = site_forms_of(m, record, k, &p, &code, from, to);
		err = site_plan(&f, old, &wanted);
		if (err && !first)
			first = err;
		if (err || wanted == old)
			continue;
		if (address < m->patch_lo)
			m->patch_lo = address;
		if (address + SCRT_SITE_BYTES > m->patch_hi)
			m->patch_hi = address + SCRT_SITE_BYTES;
	}
	return first;
}

/*
 * Write wanted over old, which f allows; false if the site has changed meanwhile. Until
 * after a form that is no branch was replaced by one, a breakpoint on it may hide that.
 *
 * E: a child that is forked in between finds SCRT_NOOP set too often, which is safe.
 */
static inline bool site_replace(struct scrt_module *m, uint32_t k, const struct scrt_site *site,
				const struct site_forms *f, uint64_t old, uint64_t wanted)
{
	uint64_t opcode = wanted & SCRT_OPCODE_MASK;
	bool branch = opcode == (f->linked & SCRT_OPCODE_MASK);
	uint64_t same = wanted == f->to ? f->to_branch : wanted;

	if (SCRT_PORT_BREAKPOINTS && !branch && opcode != SCRT_OPCODE_INT3)
		scrt_publish(&m->order[k], m->order[k] | SCRT_NOOP);
	if (!scrt_text_replace(m, site->address, old, wanted, same))
		return false;
	if (SCRT_PORT_BREAKPOINTS && branch)
		scrt_publish(&m->order[k], m->order[k] & ~SCRT_NOOP);
	return true;
}

int scrt_sites_move(struct scrt_module *m, uint32_t record, struct scrt_aim from,
		    struct scrt_aim to)
{
	const struct scrt_record *r = &m->state[record];
	struct scrt_code code = site_code(m, record);
	uint32_t k, end = r[1].first;
	int err, first = 0;

	for (k = r->first; k < end; k++) {
		struct site_place p = site_at(m, k);
		struct site_forms f;
		uint64_t old, wanted;

		if (m->order[k] & SCRT_UNPATCHABLE)
			continue;
		f = site_forms_of(m, record, k, &p, &code, from, to);
		do {
			old = site_read(p.site.address);
			err = site_plan(&f, old, &wanted);
			if (err || wanted == old)
				break;
		} while (!site_replace(m, k, &p.site, &f, old, wanted));
		if (err && !first)
			first = err;
	}
	return first;
}

/* What only a guard's form tells: the function whose code it leads to. */
static void site_guard_info(const struct site_place *p, uint64_t form, uintptr_t target,
			    struct static_call_key_site_info *info)
{
	info->flags |= STATIC_CALL_KEY_SITE_INFO_GUARD;
	if (!scrt_guard_inlined(p->guard, form, &target))
		return;
	info->flags |= STATIC_CALL_KEY_SITE_INFO_INLINED;
	info->destination = (const void *)target;
}

/* What only the form of a body tells: the function that is there without being called. */
static void site_body_info(uint64_t form, const struct site_forms *f, uintptr_t target,
			   struct static_call_key_site_info *info)
{
	if (form != f->from || form == f->from_branch)
		return;
	info->flags |= STATIC_CALL_KEY_SITE_INFO_BODY;
	info->destination = (const void *)target;
}

void scrt_site_info(const struct scrt_module *m, uint32_t record, uint32_t k, uintptr_t target,
		    struct static_call_key_site_info *info)
{
	struct scrt_code code = site_code(m, record);
	struct site_place p = site_at(m, k);
	struct scrt_aim cur = scrt_aim_cur(&m->state[record]);
	struct site_forms f =
		site_forms_of(m, record, k, &p, &code, cur, site_aim(m, record, target));
	uint64_t form =
		scrt_port_form(p.site.address, scrt_form_of_bytes((const uint8_t *)p.site.address));
	uintptr_t destination;

	/* What lies under a breakpoint; of a guard, the branch is what is sure to be right. */
	if (site_under_breakpoint(&f, form))
		form = p.guard ? scrt_form_with(form, f.linked & SCRT_OPCODE_MASK)
			       : site_hidden(&f, form);
	destination = scrt_destination(p.site.address, form);

	info->site = (const void *)p.site.address;
	info->destination = (const void *)destination;
	info->flags = 0;
	if (p.guard)
		site_guard_info(&p, form, cur.target, info);
	else if (p.site.flags & STATIC_CALL_KEY_SITE_TAIL)
		info->flags |= STATIC_CALL_KEY_SITE_INFO_TAIL;
	if (!p.guard && destination == code.trampoline)
		info->flags |= STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE;
	site_body_info(form, &f, cur.target, info);
	if (m->order[k] & SCRT_UNPATCHABLE)
		info->flags |= STATIC_CALL_KEY_SITE_INFO_UNPATCHABLE;
	if (m->order[k] & SCRT_UNPATCHABLE ? site_lost(m, record, k, target)
					   : !scrt_site_right(m, record, k, target))
		info->flags |= STATIC_CALL_KEY_SITE_INFO_STALE;
}
