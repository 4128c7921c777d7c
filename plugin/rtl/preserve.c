/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A function that is defined with static_call_clobbers keeps what the set does not
 * list. Where its code would change such a register, or calls something that may,
 * the function gets a few instructions in front:
 *
 *	f:	pushq	%rcx
 *		subq	$N, %rsp		stack alignment, vector registers
 *		pushq	M(%rsp)			its arguments on the stack, again
 *		call	f.static_call_body
 *		addq	$..., %rsp
 *		popq	%rcx
 *		ret
 *	f.static_call_body:			as GCC compiled it
 *
 * A function that changes nothing unlisted, as short ones do, stays as it is. The
 * registers are those that its instructions and the ABIs of its calls name, so
 * neither more nor less than the code does is saved. Everyone, recursive calls and
 * pointers included, enters at f: names, linkage, COMDAT groups and aliases stay
 * GCC's own.
 *
 * no_caller_saved_registers would do a part of that in the prologue; but it does not
 * know vector registers, and trusts every callee with them.
 *
 * No profiler or tracer sees such a function entered, -pg or not: mcount and __fentry__ keep the
 * registers of arguments and no others (ftrace in the kernel changes %r10 and %r11, and where it
 * traces returns, all but those of the result), and the second is called in front of all that
 * could save something. What a thunk calls is seen.
 *
 * The pass runs before exception regions become ranges of labels, as the call of the
 * body must be in the tables: an exception may pass.
 */
#include "gcc-compat.h"
#include "model/options.h"
#include "model/decl.h"
#include "model/sets.h"
#include "emit/text.h"
#include "rtl/passes.h"

#define BODY ".static_call_body"

/* What stands in front of one function. */
struct entry {
	HARD_REG_SET saved;
	HOST_WIDE_INT area;  /* bytes below the pushed registers */
	HOST_WIDE_INT stack; /* bytes of arguments that are copied */
	bool cfi;
	FILE *out;
};

static bool entry_pushes(int regno)
{
	return GENERAL_REGNO_P(regno);
}

/* How much room a register takes in the area; 0 if it is pushed instead. */
static unsigned int entry_area_bytes(int regno)
{
	if (entry_pushes(regno))
		return 0;
	if (MASK_REGNO_P(regno))
		return 8;
	/* Without AVX512VL there is no move of the low half of these. */
	return EXT_REX_SSE_REGNO_P(regno) ? 64 : 16;
}

/* What the function's own instructions and what it calls may change. */
static void entry_changed_registers(HARD_REG_SET *changed)
{
	rtx_insn *insn;

	CLEAR_HARD_REG_SET(*changed);
	for (insn = get_insns(); insn; insn = NEXT_INSN(insn)) {
		HARD_REG_SET set;

		if (!NONDEBUG_INSN_P(insn))
			continue;
		find_all_hard_reg_sets(insn, &set, false);
		*changed |= set;
		if (CALL_P(insn))
			*changed |= insn_callee_abi(insn).full_reg_clobbers();
	}
}

static void entry_cfa_moved(const struct entry *e, HOST_WIDE_INT bytes)
{
	if (e->cfi && bytes)
		fprintf(e->out, "\t.cfi_adjust_cfa_offset %ld\n", (long)bytes);
}

static void entry_move_vector(const struct entry *e, int regno, HOST_WIDE_INT at, bool save)
{
	const char *insn = TARGET_AVX ? "vmovups" : "movups";
	const char *name = reg_names[regno];
	char wide[8];

	if (MASK_REGNO_P(regno)) {
		insn = TARGET_AVX512BW ? "kmovq" : "kmovw";
	} else if (EXT_REX_SSE_REGNO_P(regno)) {
		snprintf(wide, sizeof(wide), "z%s", name + 1);
		name = wide;
	}
	if (save)
		fprintf(e->out, "\t%s\t%%%s, %ld(%%rsp)\n", insn, name, (long)at);
	else
		fprintf(e->out, "\t%s\t%ld(%%rsp), %%%s\n", insn, (long)at, name);
	if (e->cfi && SSE_REGNO_P(regno) && !EXT_REX_SSE_REGNO_P(regno)) {
		if (save)
			fprintf(e->out, "\t.cfi_rel_offset %%%s, %ld\n", name, (long)at);
		else
			fprintf(e->out, "\t.cfi_restore %%%s\n", name);
	}
}

static void entry_move_area(const struct entry *e, bool save)
{
	HOST_WIDE_INT at = 0;
	int regno;

	for (regno = FIRST_PSEUDO_REGISTER - 1; regno >= 0; regno--)
		if (TEST_HARD_REG_BIT(e->saved, regno) && entry_area_bytes(regno)) {
			entry_move_vector(e, regno, at, save);
			at += entry_area_bytes(regno);
		}
}

/* The text up to the call. */
static void entry_put_before(struct entry *e, const char *body)
{
	HOST_WIDE_INT pushed = 0, i;
	int regno;

	for (regno = 0; regno < FIRST_PSEUDO_REGISTER; regno++) {
		if (!TEST_HARD_REG_BIT(e->saved, regno))
			continue;
		if (!entry_pushes(regno)) {
			e->area += entry_area_bytes(regno);
			continue;
		}
		fprintf(e->out, "\tpushq\t%%%s\n", sck_register_name(regno));
		entry_cfa_moved(e, 8);
		if (e->cfi)
			fprintf(e->out, "\t.cfi_rel_offset %%%s, 0\n", sck_register_name(regno));
		pushed += 8;
	}
	if ((pushed + e->area + e->stack) % 16 != 8 && ix86_preferred_stack_boundary >= 128)
		e->area += 8;
	if (e->area) {
		fprintf(e->out, "\tsubq\t$%ld, %%rsp\n", (long)e->area);
		entry_cfa_moved(e, e->area);
		entry_move_area(e, true);
	}
	for (i = 0; i < e->stack; i += 8) {
		fprintf(e->out, "\tpushq\t%ld(%%rsp)\n", (long)(pushed + e->area + e->stack));
		entry_cfa_moved(e, 8);
	}
	fprintf(e->out, "\t.type\t%s, @function\n", body);
}

/* The text behind the call, up to and with the label of the body. */
static void entry_put_after(struct entry *e, const char *body)
{
	int regno;

	if (e->stack) {
		fprintf(e->out, "\taddq\t$%ld, %%rsp\n", (long)e->stack);
		entry_cfa_moved(e, -e->stack);
	}
	if (e->area) {
		entry_move_area(e, false);
		fprintf(e->out, "\taddq\t$%ld, %%rsp\n", (long)e->area);
		entry_cfa_moved(e, -e->area);
	}
	for (regno = FIRST_PSEUDO_REGISTER - 1; regno >= 0; regno--) {
		if (!TEST_HARD_REG_BIT(e->saved, regno) || !entry_pushes(regno))
			continue;
		fprintf(e->out, "\tpopq\t%%%s\n", sck_register_name(regno));
		entry_cfa_moved(e, -8);
		if (e->cfi)
			fprintf(e->out, "\t.cfi_restore %%%s\n", sck_register_name(regno));
	}
	sck_put_return(e->out, cfun->machine->function_return_type, e->cfi);
	sck_put_padding(e->out);
	fprintf(e->out, "%s:\n", body);
}

/* What put writes, as an insn's text. */
static rtx entry_text(struct entry *e, void (*put)(struct entry *, const char *), const char *body)
{
	size_t length;
	const char *kept;
	char *text;

	e->out = open_memstream(&text, &length);
	if (ASSEMBLER_DIALECT == ASM_INTEL)
		fputs("\t.att_syntax prefix\n", e->out);
	put(e, body);
	if (ASSEMBLER_DIALECT == ASM_INTEL)
		fputs("\t.intel_syntax noprefix\n", e->out);
	fclose(e->out);
	if (length && text[length - 1] == '\n')
		text[length - 1] = 0;
	kept = ggc_strdup(text);
	free(text);
	return gen_rtx_ASM_INPUT_loc(VOIDmode, kept, DECL_SOURCE_LOCATION(current_function_decl));
}

static void entry_put_size(struct entry *e, const char *body)
{
	fprintf(e->out, "\t.size\t%s, .-%s\n", body, body);
}

/* The first insn that is code or that a jump leads to. */
static rtx_insn *entry_first_insn(void)
{
	rtx_insn *insn;

	for (insn = get_insns(); insn; insn = NEXT_INSN(insn))
		if (!NOTE_P(insn) && !DEBUG_INSN_P(insn))
			break;
	return insn;
}

/* The last insn of the part that the function starts in, hot or cold. */
static rtx_insn *entry_last_insn(void)
{
	rtx_insn *insn;

	for (insn = get_insns(); insn; insn = NEXT_INSN(insn))
		if (NOTE_P(insn) && NOTE_KIND(insn) == NOTE_INSN_SWITCH_TEXT_SECTIONS)
			return PREV_INSN(insn);
	return get_last_insn();
}

static void entry_locate(rtx_insn *insn)
{
	INSN_LOCATION(insn) = DECL_SOURCE_LOCATION(current_function_decl);
}

static void entry_make(struct entry *e)
{
	rtx_insn *first = entry_first_insn(), *call;
	char *body = xasprintf("%s" BODY, sck_bare_name(current_function_decl));
	char *starred = xasprintf("*%s", body);
	rtx symbol = gen_rtx_SYMBOL_REF(Pmode, ggc_strdup(starred));

	SYMBOL_REF_FLAGS(symbol) = SYMBOL_FLAG_FUNCTION | SYMBOL_FLAG_LOCAL;
	entry_locate(emit_insn_before(entry_text(e, entry_put_before, body), first));
	call = emit_call_insn_before(
		gen_rtx_CALL(VOIDmode, gen_rtx_MEM(QImode, symbol), const0_rtx), first);
	entry_locate(call);
	if (TREE_NOTHROW(current_function_decl))
		make_reg_eh_region_note_nothrow_nononlocal(call);
	entry_locate(emit_insn_before(entry_text(e, entry_put_after, body), first));
	entry_locate(emit_insn_after(entry_text(e, entry_put_size, body), entry_last_insn()));
	free(starred);
	free(body);
}

/* Complain about what an entry cannot be made for. */
static bool entry_possible(const struct entry *e)
{
	location_t loc = DECL_SOURCE_LOCATION(current_function_decl);
	tree decl = current_function_decl;

	if (sck_no_direct_calls())
		error_at(loc,
			 "%qD changes registers that %<static_call_clobbers%> does not list, "
			 "and needs a direct call to keep them, which the options "
			 "of this compilation rule out",
			 decl);
	else if (dwarf2out_do_frame() && !e->cfi)
		error_at(loc,
			 "%qD changes registers that %<static_call_clobbers%> does not list; "
			 "to keep them needs %<-fdwarf2-cfi-asm%>",
			 decl);
	else if (flag_split_stack && !lookup_attribute("no_split_stack", DECL_ATTRIBUTES(decl)))
		error_at(loc,
			 "%qD changes registers that %<static_call_clobbers%> does not list, "
			 "and has no room to keep them: give it the attribute "
			 "%<no_split_stack%>",
			 decl);
	else if (e->stack && crtl->parm_stack_boundary > 128)
		error_at(loc,
			 "%qD changes registers that %<static_call_clobbers%> does not list, "
			 "and has over-aligned arguments on the stack; pass them by "
			 "pointer",
			 decl);
	else
		return true;
	return false;
}

namespace {

const pass_data preserve_pass_data = {
	RTL_PASS,
	"static_call_preserve", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	0,
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

class preserve_pass : public rtl_opt_pass {
public:
	preserve_pass(gcc::context *ctxt) : rtl_opt_pass(preserve_pass_data, ctxt) {}
	bool gate(function *fn)
	{
		return lookup_attribute(SCK_CLOBBERS, TYPE_ATTRIBUTES(TREE_TYPE(fn->decl))) !=
		       NULL_TREE;
	}
	unsigned int execute(function *);
};

unsigned int preserve_pass::execute(function *fn)
{
	struct entry e = {};
	HARD_REG_SET changed;

	if (!sck_kept_by(TREE_TYPE(fn->decl), &e.saved))
		return 0;
	sck_note_target(fn->decl);
	crtl->profile = false;
	/* Whoever writes a function by hand keeps what its set promises. */
	if (lookup_attribute("naked", DECL_ATTRIBUTES(fn->decl)))
		return 0;
	entry_changed_registers(&changed);
	e.saved &= changed;
	/* GCC's own prologue does those then. */
	if (lookup_attribute("no_caller_saved_registers", TYPE_ATTRIBUTES(TREE_TYPE(fn->decl))))
		e.saved &= ~reg_class_contents[GENERAL_REGS];
	if (hard_reg_set_empty_p(e.saved))
		return 0;
	e.cfi = dwarf2out_do_frame() && dwarf2out_do_cfi_asm();
	e.stack = ROUND_UP(crtl->args.size.to_constant(), 8);
	if (entry_possible(&e))
		entry_make(&e);
	return 0;
}

} /* namespace */

opt_pass *sck_make_preserve_pass(void)
{
	return new preserve_pass(g);
}
