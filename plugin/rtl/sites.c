/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The late RTL pass. Each call of a trampoline becomes a site:
 *
 *		.p2align 3,,4
 *		call	static_call_key_trampoline.fp
 *	.LSCK7:
 *		.pushsection static_call_key_sites,"ao?",@progbits,.LSCK7
 *		.balign	4
 *		.long	.LSCK7-5-.
 *		.long	static_call_key_record.fp+0-.
 *		.popsection
 *
 * At most four bytes of padding keep the five-byte call inside an aligned
 * quadword. The label stands behind the call, as gas may put padding in front of
 * it (-malign-branch=call). The call insn itself is left alone: around it stand
 * two ASM_INPUTs, so that everything that GCC knows of the call stays true.
 *
 * Where a debugger or a tracer would put the breakpoint that is meant for the whole
 * function, there is a nop in front of the padding: see struct place.
 *
 * The entry is linked (SHF_LINK_ORDER, "o") to the section that the first site of
 * the function part lies in, and joins its group ("?"): the linker drops it
 * together with the code.
 *
 * The pass runs just before "shorten", the last place where insns may be added;
 * nothing after it copies or moves code, so a counter makes labels unique.
 */
#include "gcc-compat.h"
#include "model/decl.h"
#include "model/calls.h"
#include "model/dynamic.h"
#include "model/report.h"
#include "emit/emit.h"
#include "emit/text.h"
#include "emit/layout.h"
#include "rtl/passes.h"
#include "rtl/sites.h"

static unsigned int next_label;

/* The declaration of the function that an insn calls directly, or NULL_TREE. */
static tree site_called_decl(rtx_insn *insn)
{
	rtx call, address;

	if (!CALL_P(insn))
		return NULL_TREE;
	call = get_call_rtx_from(insn);
	if (!call)
		return NULL_TREE;
	address = XEXP(XEXP(call, 0), 0);
	return GET_CODE(address) == SYMBOL_REF ? SYMBOL_REF_DECL(address) : NULL_TREE;
}

/*
 * GCC puts other instructions into the text of some calls; those must not be
 * taken for sites. They go through the trampoline and are right.
 */
static bool site_is_plain_call(rtx_insn *insn)
{
	return !SIBLING_CALL_P(insn) || ix86_instrument_return == instrument_return_none;
}

/* An ASM_INPUT without a location of its own would crash final. */
static rtx site_text(const char *text, location_t loc)
{
	return gen_rtx_ASM_INPUT_loc(VOIDmode, ggc_strdup(text), loc);
}

/*
 * Where in its function an insn stands, for those who look for a place behind the
 * prologue. A uprobe of f is at its first instruction; so is gdb's breakpoint, but
 *
 *	- behind endbr64, and behind push %rbp, mov %rsp, %rbp,
 *	- and from there, where it knows lines, at the beginning of the next line.
 *
 * A breakpoint on a site would be in the way when the site is patched. That site gets
 * a nop, which takes the breakpoint. Lines are the same with and without -g.
 */
struct place {
	bool first;         /* no instruction yet that is not of a prologue */
	unsigned int lines; /* how many, in turn, up to here */
	expanded_location last;
};

static void place_enter(struct place *place)
{
	place->first = true;
	place->lines = 1;
	place->last = expand_location(cfun->function_start_locus);
}

static bool place_on_last_line(const struct place *place, location_t loc)
{
	expanded_location here = expand_location(loc);

	return here.line == place->last.line && here.file && place->last.file &&
	       !strcmp(here.file, place->last.file);
}

/*
 * Is this certainly a whole instruction? endbr64, the nops of patchable functions and
 * an asm of whatever length are taken for none.
 */
static bool place_is_instruction(rtx_insn *insn)
{
	if (!NONDEBUG_INSN_P(insn) || GET_CODE(PATTERN(insn)) == UNSPEC_VOLATILE)
		return false;
	if (GET_CODE(PATTERN(insn)) == ASM_INPUT || asm_noperands(PATTERN(insn)) >= 0)
		return false;
	return get_attr_min_length(insn) > 0;
}

static void place_pass(struct place *place, rtx_insn *insn)
{
	/* The cold part has a symbol of its own, and its lines are none of the entry's. */
	if (NOTE_P(insn) && NOTE_KIND(insn) == NOTE_INSN_SWITCH_TEXT_SECTIONS) {
		place->first = true;
		place->lines = 2;
	}
	if (!place_is_instruction(insn))
		return;
	if (!RTX_FRAME_RELATED_P(insn))
		place->first = false;
	if (INSN_HAS_LOCATION(insn) && !place_on_last_line(place, INSN_LOCATION(insn))) {
		place->last = expand_location(INSN_LOCATION(insn));
		place->lines++;
	}
}

static bool place_wants_nop(const struct place *place, location_t loc)
{
	return place->first || (place->lines == 1 && !place_on_last_line(place, loc));
}

static location_t site_location(rtx_insn *insn)
{
	return INSN_HAS_LOCATION(insn) ? INSN_LOCATION(insn)
				       : DECL_SOURCE_LOCATION(current_function_decl);
}

/* What stands in front of a site. */
static const char *site_before(const struct place *place, location_t loc)
{
	return place_wants_nop(place, loc) ? "\tnop\n\t.p2align 3,,4" : "\t.p2align 3,,4";
}

/* ".LSCKn", with n = part, is the label of the first site in this part of the function. */
static void site_make(rtx_insn *insn, const char *symbol, int part, const struct place *place)
{
	location_t loc = site_location(insn);
	bool tail = SIBLING_CALL_P(insn);
	unsigned int flags = 0, label = next_label++;
	char *text, *site, *no_target;

	site = xasprintf(".LSCK%u-5", label);
	no_target = sck_not_a_target(site);
	if (tail)
		flags |= STATIC_CALL_KEY_SITE_TAIL;
	if (tail && (cfun->machine->function_return_type != indirect_branch_keep ||
		     (SCK_HARDEN_SLS_RET() && ix86_cmodel != CM_KERNEL)))
		flags |= STATIC_CALL_KEY_SITE_NO_RET;

	INSN_LOCATION(emit_insn_before(site_text(site_before(place, loc), loc), insn)) = loc;
	AT(site, site, 0);
	AT(site, record, 4);
	ENDS(site, 8, STATIC_CALL_KEY_SITE_SIZE);
	text = xasprintf(".LSCK%u:\n"
			 "\t.pushsection " STATIC_CALL_KEY_SITES_SECTION
			 ",\"ao?\",@progbits,.LSCK%d\n"
			 "\t.balign\t4\n"
			 "\t.long\t%s-.\n"
			 "\t.long\tstatic_call_key_record%s+%u-.\n"
			 "\t.popsection%s%s",
			 label, part, site, symbol, flags, *no_target ? "\n" : "", no_target);
	free(no_target);
	free(site);
	INSN_LOCATION(emit_insn_after(site_text(text, loc), insn)) = loc;
	free(text);
	sck_report_site(loc, current_function_decl, symbol, tail ? SCK_SITE_TAIL : SCK_SITE_CALL);
}

/* See dynamic.c. */
static void site_make_dynamic(rtx_insn *insn, struct sck_state *state, int part,
			      const struct place *place)
{
	location_t loc = site_location(insn);
	char *before, *text = sck_dynamic_make(insn, state, next_label++, part, &before);

	/* An instruction in front of the site takes a breakpoint as a nop does. */
	before = before ? reconcat(before, before, "\t.p2align 3,,4", NULL)
			: xstrdup(site_before(place, loc));
	INSN_LOCATION(emit_insn_before(site_text(before, loc), insn)) = loc;
	INSN_LOCATION(emit_insn_after(site_text(text, loc), insn)) = loc;
	free(before);
	free(text);
	state->sites++;
}

static void site_make_guard(rtx_insn *insn, const char *symbol, int part, const struct place *place)
{
	location_t loc = site_location(insn);

	sck_guard_make(insn, symbol, next_label++, part, place_wants_nop(place, loc));
	sck_report_site(loc, current_function_decl, symbol, SCK_SITE_GUARD);
}

namespace {

const pass_data sites_pass_data = {
	RTL_PASS,
	"static_call_sites", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	0,
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

class sites_pass : public rtl_opt_pass {
public:
	sites_pass(gcc::context *ctxt) : rtl_opt_pass(sites_pass_data, ctxt) {}
	bool gate(function *) { return in_lto_p || sck_key_count() || sck_state_count(); }
	unsigned int execute(function *);
};

unsigned int sites_pass::execute(function *)
{
	rtx_insn *insn, *next;
	struct place place;
	int part = -1;

	place_enter(&place);
	for (insn = get_insns(); insn; insn = next) {
		struct sck_key *key;
		struct sck_state *state;
		const char *symbol;
		tree decl, guard;
		bool site;

		next = NEXT_INSN(insn);
		if (NOTE_P(insn) && NOTE_KIND(insn) == NOTE_INSN_SWITCH_TEXT_SECTIONS)
			part = -1;
		guard = sck_guard_insn_trampoline(insn);
		decl = guard ? guard : site_called_decl(insn);
		symbol = decl ? sck_trampoline_symbol(decl) : NULL;
		state = sck_state_of_entry(decl);
		site = (symbol || state) && (guard || site_is_plain_call(insn));
		if (site && part < 0)
			part = next_label;
		if (site && guard)
			site_make_guard(insn, symbol, part, &place);
		else if (site && state)
			site_make_dynamic(insn, state, part, &place);
		else if (site)
			site_make(insn, symbol, part, &place);
		place_pass(&place, insn);
		if (!symbol)
			continue;
		/* In lto1 the keys are those of other compilations, and defined there. */
		key = sck_key_of_trampoline(decl);
		if (!key)
			continue;
		key->used = true;
		key->sites += site;
		if (cfun->machine->indirect_branch_type > key->thunk)
			key->thunk = (enum indirect_branch)cfun->machine->indirect_branch_type;
		sck_trampoline_possible(key, INSN_LOCATION(insn));
	}
	return 0;
}

} /* namespace */

opt_pass *sck_make_sites_pass(void)
{
	return new sites_pass(g);
}
