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
#include "site-forms.h"
#include "sites.h"

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

bool scrt_site_right(const struct scrt_module *m, uint32_t record, uint32_t k, uintptr_t target)
{
	struct scrt_code code = site_code(m, record);
	struct site_place p = site_at(m, k);
	struct site_forms f = site_forms_of(m, record, k, &p, &code,
					    scrt_aim_cur(&m->state[record]),
					    site_aim(m, record, target));
	uint64_t form = site_read(p.site.address);

	/* Under a breakpoint, a uprobe does what the file has; a debugger, what it has found. */
	return site_right(&f, form) ||
	       (site_under_breakpoint(&f, form) && site_right(&f, site_hidden(&f, form)) &&
		site_right(&f, f.file));
}

bool scrt_site_direct(const struct scrt_module *m, uint32_t record, uint32_t k, uintptr_t target)
{
	struct scrt_code code = site_code(m, record);
	struct site_place p = site_at(m, k);
	struct scrt_aim aim = site_aim(m, record, target);
	struct site_forms f = site_forms_of(m, record, k, &p, &code, aim, aim);

	return f.to != f.linked;
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
