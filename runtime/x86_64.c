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
 *	NULL, a no-op, in a program:
 *	  void			a9 (trampoline)		c3 (trampoline)
 *	  void, no bare ret	a9 (trampoline)		e9 to .null_code
 *	  value			e8 to .null_code	e9 to .null_code
 *	NULL, a no-op, in the kernel:
 *	  void			0f 1f 44 00 00		c3 cc cc cc cc
 *	  void, no bare ret	0f 1f 44 00 00		e9 to the trampoline
 *	  value			2e 2e 2e 31 c0		e9 to the trampoline
 *	  wide value		e8 to the trampoline	e9 to the trampoline
 *
 * (a9 is test $imm32, %eax, which changes flags, as every call may; c3 is ret. Their
 * other four bytes mean nothing and are those of the branch to the trampoline. The
 * kernel's are nopl 0(%rax,%rax,1); ret and int3 that is never reached; cs cs cs xor
 * %eax,%eax. There calls of functions that it knows to do no more have the same
 * forms. A record without .null_code has the trampoline instead.)
 *
 * Processors that run through the site while it is stored to see one
 * form or the other if it does not leave its quadword, and if no form has a
 * second instruction at which a processor could stand when the form is
 * replaced. That is why a value has no form of its own in a tail call: xor, ret would
 * be two instructions. The call may have been made already: it returns to the fifth
 * byte after the site in every form.
 *
 * As linked, a site leads to its trampoline, and that is right whatever the key
 * holds. It may be so again at any time: the program drops its private pages of text
 * (MADV_DONTNEED), and the file's come back.
 *
 * Breakpoints. Somebody may put cc on the first byte of a site: a debugger, which
 * later puts back the byte that it found, or a uprobe, which puts back the file's and
 * lets the kernel do meanwhile what the file's instruction does. So the cc stays, and
 * under it the other four bytes are changed if all that may be put back then leads
 * right. It does from a branch to a branch, and, as the no-ops of programs keep the
 * trampoline's four bytes, from a branch to a no-op. From a no-op to a branch it does
 * not, if the debugger may have found the no-op: then the change is refused.
 *
 * What remains: a debugger that copies a site to execute it elsewhere while threads
 * run (displaced stepping, in non-stop mode) may copy it half-way; one that writes
 * back more than the byte under its breakpoint brings back old bytes, and verify()
 * finds them.
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
	return site_of(&m->sites[m->order[k] & ~SCRT_ORDER_FLAGS]);
}

/* What the sites of a record have in common. */
struct code {
	uint32_t flags;
	uintptr_t trampoline;
	uintptr_t null; /* does what a call of NULL does; or 0 */
};

static inline struct code code_of(const struct scrt_module *m, uint32_t record)
{
	const struct static_call_key_record *r = &m->records[record];
	struct code code = {
		.flags = r->flags,
		.trampoline = scrt_trampoline(m, record),
		.null = r->null_code ? scrt_relative(&r->null_code) : 0,
	};

	return code;
}

static inline uint64_t rest(uint64_t form)
{
	return form & ~SCRT_OPCODE_MASK;
}

static inline uint64_t with_opcode(uint64_t form, uint64_t opcode)
{
	return rest(form) | opcode;
}

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

/* The form that does nothing, for a void call, or returns 0. */
#ifdef __KERNEL__
static inline uint64_t encode_null(const struct site *site, const struct code *code)
{
	bool value = code->flags & STATIC_CALL_KEY_RECORD_RETURNS_VALUE;

	if (code->flags & STATIC_CALL_KEY_RECORD_RETURNS_WIDE)
		return branch(site, code->trampoline);
	if (!(site->flags & STATIC_CALL_KEY_SITE_TAIL))
		return value ? SCRT_FORM_ZERO : SCRT_FORM_NOP;
	if (value || site->flags & STATIC_CALL_KEY_SITE_NO_RET || SCRT_NEVER_RET)
		return branch(site, code->trampoline);
	return SCRT_FORM_RET;
}
#else
static inline uint64_t encode_null(const struct site *site, const struct code *code)
{
	bool tail = site->flags & STATIC_CALL_KEY_SITE_TAIL;

	if (!(code->flags & STATIC_CALL_KEY_RECORD_RETURNS_VALUE) &&
	    !(site->flags & STATIC_CALL_KEY_SITE_NO_RET))
		return with_opcode(branch(site, code->trampoline),
				   tail ? SCRT_OPCODE_RET : SCRT_OPCODE_TEST);
	if (code->null && in_reach(site, code->null))
		return branch(site, code->null);
	return branch(site, code->trampoline);
}
#endif

static inline uint64_t encode(const struct site *site, const struct code *code, uintptr_t target)
{
	uint64_t whole = site->flags & STATIC_CALL_KEY_SITE_TAIL ? 0 : scrt_form_of(target);

	if (whole)
		return whole;
	if (target && in_reach(site, target))
		return branch(site, target);
	if (target || !(code->flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL))
		return branch(site, code->trampoline);
	return encode_null(site, code);
}

/* ---- what a site holds ---- */

/* What one site may hold. */
struct forms {
	uint64_t linked; /* to the trampoline: always right */
	uint64_t from;   /* as it should be now */
	uint64_t to;     /* as it shall be */
	uint64_t noop;   /* opcode of the no-op, if a breakpoint may hide it; or 0 */
};

static inline bool is_right(const struct forms *f, uint64_t form)
{
	return form == f->to || form == f->linked;
}

/*
 * Would these bytes be right under a breakpoint, whatever is put back: the file's
 * opcode, which all forms but the no-op have, or that of the no-op?
 */
static inline bool is_right_under(const struct forms *f, uint64_t form)
{
	return is_right(f, with_opcode(form, f->linked & SCRT_OPCODE_MASK)) &&
	       (!f->noop || is_right(f, with_opcode(form, f->noop)));
}

/* The kernel's breakpoints are kprobes, and not for us to work under. */
static inline bool under_breakpoint(const struct forms *f, uint64_t form)
{
#ifdef __KERNEL__
	(void)f;
	(void)form;
	return false;
#else
	return (form & SCRT_OPCODE_MASK) == SCRT_OPCODE_INT3 &&
	       (rest(form) == rest(f->linked) || rest(form) == rest(f->from) ||
		rest(form) == rest(f->to));
#endif
}

/*
 * What has to be written to a site that holds old. 0, or -EILSEQ: old is nothing that
 * the runtime knows; or -ETXTBSY: there is a breakpoint on it, and it cannot be helped.
 */
static inline int plan(const struct forms *f, uint64_t old, uint64_t *wanted)
{
	*wanted = f->to;
	if (old == f->to || old == f->from || old == f->linked)
		return 0;
	if (!under_breakpoint(f, old))
		return -EILSEQ;
	*wanted = with_opcode(f->to, SCRT_OPCODE_INT3);
	return is_right_under(f, *wanted) ? 0 : -ETXTBSY;
}

static inline struct forms forms_of(const struct scrt_module *m, uint32_t k,
				    const struct site *site, const struct code *code,
				    uintptr_t from, uintptr_t to)
{
	struct forms f = {
		.linked = branch(site, code->trampoline),
		.from = encode(site, code, from),
	};

	f.to = from == to ? f.from : encode(site, code, to);
	if (m->order[k] & SCRT_NOOP)
		f.noop = site->flags & STATIC_CALL_KEY_SITE_TAIL ? SCRT_OPCODE_RET
								 : SCRT_OPCODE_TEST;
	return f;
}

bool scrt_site_valid(const struct scrt_module *m, const struct static_call_key_site *e,
		     const struct static_call_key_record *r)
{
	struct site site = site_of(e);
	uintptr_t trampoline = scrt_trampoline(m, r - m->records);
	struct forms f = { .linked = branch(&site, trampoline) };
	uint64_t form;

	if ((site.address & 7) > 8 - SCRT_SITE_BYTES || !in_reach(&site, trampoline) ||
	    scrt_text_never_runs(m, site.address))
		return false;
	f.from = f.to = f.linked;
	form = scrt_form_read(site.address);
	return form == f.linked || under_breakpoint(&f, form);
}

bool scrt_site_right(const struct scrt_module *m, uint32_t record, uint32_t k, uintptr_t target)
{
	struct code code = code_of(m, record);
	struct site site = site_at(m, k);
	struct forms f = forms_of(m, k, &site, &code, m->state[record].cur, target);
	uint64_t form = scrt_form_read(site.address);

	return is_right(&f, form) || (under_breakpoint(&f, form) && is_right_under(&f, form));
}

bool scrt_site_direct(const struct scrt_module *m, uint32_t record, uint32_t k, uintptr_t target)
{
	struct code code = code_of(m, record);
	struct site site = site_at(m, k);
	struct forms f = forms_of(m, k, &site, &code, target, target);

	return f.to != f.linked;
}

int scrt_sites_check(struct scrt_module *m, uint32_t record, uintptr_t from, uintptr_t to)
{
	const struct scrt_record *r = &m->state[record];
	struct code code = code_of(m, record);
	uint32_t k, end = r[1].first;
	int err, first = 0;

	for (k = r->first; k < end; k++) {
		struct site site = site_at(m, k);
		struct forms f;
		uint64_t old, wanted;

		if (m->order[k] & SCRT_UNPATCHABLE)
			continue;
		old = scrt_form_read(site.address);
		if (old == encode(&site, &code, to))
			continue;
		f = forms_of(m, k, &site, &code, from, to);
		err = plan(&f, old, &wanted);
		if (err && !first)
			first = err;
		if (err || wanted == old)
			continue;
		if (site.address < m->patch_lo)
			m->patch_lo = site.address;
		if (site.address + SCRT_SITE_BYTES > m->patch_hi)
			m->patch_hi = site.address + SCRT_SITE_BYTES;
	}
	return first;
}

/*
 * Write wanted over old, which f allows; false if the site has changed meanwhile. Until
 * after the no-op was replaced by a branch, a breakpoint on it may hide the no-op. (A
 * child that is forked in between finds SCRT_NOOP set too often, which is safe.)
 */
#ifdef __KERNEL__
static inline bool site_replace(struct scrt_module *m, uint32_t k, const struct site *site,
				const struct forms *f, uint64_t old, uint64_t wanted)
{
	(void)k;
	(void)f;
	(void)old;
	scrt_text_write(m, site->address, wanted);
	return true;
}
#else
static inline bool site_replace(struct scrt_module *m, uint32_t k, const struct site *site,
				const struct forms *f, uint64_t old, uint64_t wanted)
{
	uint64_t opcode = wanted & SCRT_OPCODE_MASK;

	if (opcode == SCRT_OPCODE_TEST || opcode == SCRT_OPCODE_RET)
		scrt_publish(&m->order[k], m->order[k] | SCRT_NOOP);
	if (!scrt_form_replace(site->address, old, wanted))
		return false;
	if (opcode == (f->linked & SCRT_OPCODE_MASK))
		scrt_publish(&m->order[k], m->order[k] & ~SCRT_NOOP);
	return true;
}
#endif

int scrt_sites_move(struct scrt_module *m, uint32_t record, uintptr_t from, uintptr_t to)
{
	const struct scrt_record *r = &m->state[record];
	struct code code = code_of(m, record);
	uint32_t k, end = r[1].first;
	int err, first = 0;

	for (k = r->first; k < end; k++) {
		struct site site = site_at(m, k);
		struct forms f;
		uint64_t old, wanted;

		if (m->order[k] & SCRT_UNPATCHABLE)
			continue;
		f = forms_of(m, k, &site, &code, from, to);
		do {
			old = scrt_form_read(site.address);
			err = plan(&f, old, &wanted);
			if (err || wanted == old)
				break;
		} while (!site_replace(m, k, &site, &f, old, wanted));
		if (err && !first)
			first = err;
	}
	return first;
}

/* A site as its bytes lie, in whichever quadwords. */
static uint64_t form_of_bytes(const uint8_t *code)
{
	return code[0] | (uint64_t)code[1] << 8 | (uint64_t)code[2] << 16 |
	       (uint64_t)code[3] << 24 | (uint64_t)code[4] << 32;
}

void scrt_site_info(const struct scrt_module *m, uint32_t record, uint32_t k, uintptr_t target,
		    struct static_call_key_site_info *info)
{
	struct code code = code_of(m, record);
	struct site site = site_at(m, k);
	struct forms f = forms_of(m, k, &site, &code, m->state[record].cur, target);
	uint64_t form = form_of_bytes((const uint8_t *)site.address);
	uintptr_t destination = 0;

	/* Under a breakpoint lies a branch, if it cannot be a no-op. */
	if (under_breakpoint(&f, form) && !f.noop)
		form = with_opcode(form, f.linked & SCRT_OPCODE_MASK);
	if ((form & SCRT_OPCODE_MASK) == SCRT_OPCODE_CALL ||
	    (form & SCRT_OPCODE_MASK) == SCRT_OPCODE_JMP)
		destination = site.address + SCRT_SITE_BYTES + (ptrdiff_t)(int32_t)(form >> 8);

	info->site = (const void *)site.address;
	info->destination = (const void *)destination;
	info->flags = 0;
	if (site.flags & STATIC_CALL_KEY_SITE_TAIL)
		info->flags |= STATIC_CALL_KEY_SITE_INFO_TAIL;
	if (destination == code.trampoline)
		info->flags |= STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE;
	if (m->order[k] & SCRT_UNPATCHABLE)
		info->flags |= STATIC_CALL_KEY_SITE_INFO_UNPATCHABLE;
	else if (!scrt_site_right(m, record, k, target))
		info->flags |= STATIC_CALL_KEY_SITE_INFO_STALE;
}

void scrt_key_probe(void *key)
{
	__asm__ volatile("lock orq $0, %0" : "+m"(*(scrt_word *)key) : : "cc");
}
