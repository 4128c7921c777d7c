/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Functions that are one instruction, or none, and a return:
 *
 *	ident:	endbr64
 *		movq	%rdi, %rax
 *		ret
 *
 * What the runtime finds in the table, it may put into a site instead of a call:
 *
 *		.set	.LSCKB3, ident
 *		.pushsection static_call_key_bodies,"ao?",@progbits,.LSCKB3
 *		.balign	4
 *		.long	.LSCKB3-.
 *		.byte	.LSCKB3e-.LSCKB3s
 *	.LSCKB3s:
 *		movq	%rdi, %rax
 *	.LSCKB3e:
 *		.org	.LSCKB3s+15
 *		.popsection
 *
 * The bytes are the assembler's: the instruction is written once more, as the text that
 * final will make of it. GCC may take several instructions for one insn, and an asm statement
 * may be anything. So the text must be one line that is one statement and names no symbol;
 * what it is then, the runtime decodes (runtime/x86_64-body.c), and is the judge of it.
 *
 * An entry tells of an address, not of a name. So it is no matter that another module may
 * interpose the function, or that the linker may take another one for a weak one: who calls
 * through a pointer to this code, gets this code. The entry is linked to the function's section
 * and goes where that goes, as the entries of sites do.
 *
 * A function that something wants to see entered (a debugger: noinline, -O0, -Og; a profiler or
 * a tracer) gets no entry, and no function of a unit that has seen no tag, nor one of another type
 * than the keys that the unit has seen whose address it does not take in code, or for a key.
 *
 * The pass runs just before "shorten", where all instructions are there and the return is
 * one of them. The entry is text behind the last of them, where nothing else of the function
 * comes: a directive for line numbers that waits for its instruction would find ours.
 */
#include "gcc-compat.h"
#include "static_call_abi.h"
#include "model/options.h"
#include "model/decl.h"
#include "model/keys.h"
#include "emit/emit.h"
#include "emit/layout.h"
#include "rtl/passes.h"

static unsigned int next_label;

/* ---- which functions ---- */

/* For -flto: this function's unit has seen tags. Not a name that a source can have. */
#define BODY_MARK " static_call_key_body"

/* Before the first pass, of units that are streamed: lto1 cannot tell where a tag was seen. */
void sck_mark_bodies(void)
{
	cgraph_node *node;

	FOR_EACH_DEFINED_FUNCTION(node)
		if (!node->alias && !node->thunk)
			DECL_ATTRIBUTES(node->decl) = tree_cons(
				get_identifier(BODY_MARK), NULL_TREE, DECL_ATTRIBUTES(node->decl));
}

static bool body_saw_tags(const_tree decl)
{
	if (in_lto_p)
		return lookup_attribute(BODY_MARK, DECL_ATTRIBUTES(decl)) != NULL_TREE;
	return sck_have_keys();
}

/* Does this unit take its address, and where: in code, or in what holds keys? */
static bool body_has_address(tree decl, bool where)
{
	cgraph_node *node = cgraph_node::get(decl);
	struct ipa_ref *ref;
	unsigned int i;

	if (!where && node && node->address_taken)
		return true;
	for (i = 0; node && node->iterate_referring(i, ref); i++) {
		varpool_node *var = dyn_cast<varpool_node *>(ref->referring);

		if ((ref->use == IPA_REF_ADDR || ref->use == IPA_REF_ALIAS) &&
		    (!where || !var || sck_var_has_key(var->decl, 0, HOST_WIDE_INT_MAX)))
			return true;
	}
	return false;
}

/*
 * Can anybody have its address, and is it what a key may hold? Those who take that of an inline
 * function compile it themselves. Of the many functions of a kernel that do nothing, few have
 * the type of a key.
 */
static bool body_can_be_target(tree decl)
{
	if ((!TREE_PUBLIC(decl) || DECL_COMDAT(decl)) && !body_has_address(decl, false))
		return false;
	return sck_fntype_may_be_held(TREE_TYPE(decl)) || body_has_address(decl, true);
}

static bool body_has_attribute(const_tree decl)
{
	static const char *const names[] = { "noinline", "noipa", "patchable_function_entry" };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (lookup_attribute(names[i], DECL_ATTRIBUTES(decl)))
			return true;
	return false;
}

/*
 * Does something want to see the function entered, or is it none that code calls? Room in
 * front of it, and checks of what is undefined, look at no entry. -mfentry by itself, which
 * some compilers have on by default, only says how -pg would see it.
 */
static bool body_is_watched(const_tree decl)
{
	return cfun->machine->func_type != TYPE_NORMAL || !optimize || optimize_debug ||
	       body_has_attribute(decl) || crtl->profile ||
	       crtl->patch_area_size > crtl->patch_area_entry ||
	       flag_instrument_function_entry_exit || profile_arc_flag || flag_test_coverage ||
	       flag_sanitize & ~(SANITIZE_UNDEFINED | SANITIZE_UNDEFINED_NONDEFAULT) ||
	       flag_sanitize_coverage || flag_split_stack || flag_no_inline;
}

/* ---- what its code is ---- */

/* What final would write for the insn; to be freed. */
static char *body_text(rtx_insn *insn)
{
	FILE *out = asm_out_file;
	rtx_insn *current = current_output_insn;
	rtx pattern = PATTERN(insn);
	int verbose = flag_verbose_asm;
	char *text;
	size_t length;

	if (GET_CODE(pattern) == PARALLEL && GET_CODE(XVECEXP(pattern, 0, 0)) == ASM_INPUT)
		pattern = XVECEXP(pattern, 0, 0);
	if (GET_CODE(pattern) == ASM_INPUT)
		return xstrdup(XSTR(pattern, 0));

	asm_out_file = open_memstream(&text, &length);
	current_output_insn = insn;
	flag_verbose_asm = 0;
	if (asm_noperands(pattern) >= 0) {
		auto_vec<rtx> operands;

		operands.safe_grow_cleared(asm_noperands(pattern) + 1, true);
		output_asm_insn(decode_asm_operands(pattern, operands.address(), NULL, NULL, NULL,
						    NULL),
				operands.address());
	} else {
		const char *form;

		extract_constrain_insn_cached(insn);
		form = get_insn_template(INSN_CODE(insn), insn);
		output_asm_insn(form ? form : "#", recog_data.operand);
	}
	fclose(asm_out_file);
	asm_out_file = out;
	current_output_insn = current;
	flag_verbose_asm = verbose;
	return text;
}

/* Cut off what surrounds the text; is nothing left? */
static char *body_trim(char *text)
{
	char *end;

	text += strspn(text, " \t\n");
	for (end = text + strlen(text); end > text && strchr(" \t\n", end[-1]); end--)
		;
	*end = '\0';
	return text;
}

/*
 * One statement, of an instruction, that names nothing but registers and numbers? A
 * mnemonic of lower case is no directive; a local label, as in 1f, is no number. In Intel's
 * syntax registers look like symbols: there only insns that GCC knows are believed.
 */
static bool body_text_ok(const char *text, bool is_asm)
{
	const char *p;

	p = text + strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789.");
	if (p == text || !ISLOWER(*text) || (*p && *p != ' ' && *p != '\t'))
		return false;
	if (text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.%$,()[]+-* \t")])
		return false;
	if (!is_asm)
		return true;
	for (; *p; p++) {
		size_t n = strspn(p, "abcdefghijklmnopqrstuvwxyz"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.");

		if (!n)
			continue;
		if (p[-1] != '%' && (!ISDIGIT(*p) || (p[1] != 'x' && strspn(p, "0123456789") != n)))
			return false;
		p += n - 1;
	}
	return true;
}

/*
 * Is what the insn refers to the same wherever it stands? Symbols are told relative to the
 * instruction, and the stack is another one without the return address.
 */
static bool body_is_anywhere(const_rtx pattern)
{
	subrtx_iterator::array_type array;

	FOR_EACH_SUBRTX(iter, array, pattern, ALL)
	{
		const_rtx x = *iter;

		switch (GET_CODE(x)) {
		case SYMBOL_REF:
		case LABEL_REF:
		case CONST:
		case PC:
		case CALL:
		case PRE_DEC:
		case PRE_INC:
		case PRE_MODIFY:
		case POST_DEC:
		case POST_INC:
		case POST_MODIFY:
			return false;
		case REG:
			if (REGNO(x) == SP_REG || STACK_REG_P(x))
				return false;
			break;
		default:
			break;
		}
	}
	return true;
}

static bool body_is_return(rtx_insn *insn)
{
	rtx pattern = PATTERN(insn);

	if (!JUMP_P(insn))
		return false;
	/* Beside the return of one byte: that it be one of two. One that pops is another thing. */
	if (GET_CODE(pattern) == PARALLEL && XVECLEN(pattern, 0) == 2 &&
	    GET_CODE(XVECEXP(pattern, 0, 1)) == UNSPEC &&
	    XINT(XVECEXP(pattern, 0, 1), 1) == UNSPEC_REP)
		pattern = XVECEXP(pattern, 0, 0);
	return ANY_RETURN_P(pattern);
}

/* Where a function with CET begins. */
static bool body_is_endbr(rtx_insn *insn)
{
	return GET_CODE(PATTERN(insn)) == UNSPEC_VOLATILE &&
	       XINT(PATTERN(insn), 1) == UNSPECV_NOP_ENDBR;
}

/* An asm statement may be the call of a macro, which is whatever it likes. */
static bool body_unit_has_macros(void)
{
	asm_node *node;

	for (node = symtab->first_asm_symbol(); node; node = static_cast<asm_node *>(node->next)) {
		const char *text = TREE_STRING_POINTER(node->asm_str);

		if (strstr(text, ".macro") || strstr(text, ".include"))
			return true;
	}
	return false;
}

/*
 * The text of the one instruction of an insn; "" if it is none. NULL: it may be more, or
 * not go anywhere else. To be freed.
 */
static char *body_insn_text(rtx_insn *insn)
{
	bool is_asm = recog_memoized(insn) < 0;
	char *text, *bare;

	if (!NONJUMP_INSN_P(insn) || !body_is_anywhere(PATTERN(insn)) ||
	    (is_asm && body_unit_has_macros()) ||
	    (cfun->can_throw_non_call_exceptions && may_trap_p(PATTERN(insn))))
		return NULL;
	/* Longer ones will not stand in any site. GCC tells bounds, of an asm wide ones. */
	if (!is_asm && get_attr_length(insn) > 8)
		return NULL;
	text = body_text(insn);
	bare = body_trim(text);
	if (*bare && !body_text_ok(bare, is_asm)) {
		free(text);
		return NULL;
	}
	bare = xstrdup(bare);
	free(text);
	return bare;
}

/* The same of the function; NULL: it is more. */
static char *body_find(void)
{
	char *found = NULL;
	rtx_insn *insn;

	for (insn = get_insns(); insn; insn = NEXT_INSN(insn)) {
		char *text;

		if (!NONDEBUG_INSN_P(insn) || GET_CODE(PATTERN(insn)) == USE ||
		    GET_CODE(PATTERN(insn)) == CLOBBER || body_is_endbr(insn))
			continue;
		if (body_is_return(insn))
			return found ? found : xstrdup("");
		text = body_insn_text(insn);
		if (!text || (*text && found)) {
			free(text);
			break;
		}
		if (*text)
			found = text;
		else
			free(text);
	}
	/* It does not return, or not only. */
	free(found);
	return NULL;
}

/* ---- the pass ---- */

/*
 * The label of the first function with an entry in the section of this one, n if that is
 * this one: entries that are linked to one label share a section of the object.
 */
static unsigned int body_section_label(unsigned int n)
{
	static hash_map<section *, unsigned int> *labels;
	bool known;

	if (!labels)
		labels = new hash_map<section *, unsigned int>;
	unsigned int &label =
		labels->get_or_insert(function_section(current_function_decl), &known);
	if (!known)
		label = n;
	return label;
}

static void body_put(const char *code)
{
	location_t loc = DECL_SOURCE_LOCATION(current_function_decl);
	unsigned int n = next_label++;
	char *text;

	AT(body, target, 0);
	AT(body, length, 4);
	AT(body, code, 5);
	ENDS(body, 5 + 15, STATIC_CALL_KEY_BODY_SIZE);
	text = xasprintf("\t.set\t.LSCKB%u, %s\n"
			 "\t.pushsection " STATIC_CALL_KEY_BODIES_SECTION
			 ",\"ao?\",@progbits,.LSCKB%u\n"
			 "\t.balign\t4\n"
			 "\t.long\t.LSCKB%u-.\n"
			 "\t.byte\t.LSCKB%ue-.LSCKB%us\n"
			 ".LSCKB%us:\n"
			 "\t%s\n"
			 ".LSCKB%ue:\n"
			 "\t.org\t.LSCKB%us+15\n"
			 "\t.popsection",
			 n, sck_bare_name(current_function_decl), body_section_label(n), n, n, n, n,
			 code, n, n);
	emit_insn_after(gen_rtx_ASM_INPUT_loc(VOIDmode, ggc_strdup(text), loc), get_last_insn());
	free(text);
	sck_want_module();
}

namespace {

const pass_data bodies_pass_data = {
	RTL_PASS,
	"static_call_bodies", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	0,
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

class bodies_pass : public rtl_opt_pass {
public:
	bodies_pass(gcc::context *ctxt) : rtl_opt_pass(bodies_pass_data, ctxt) {}
	bool gate(function *fn)
	{
		return sck_options_beyond_branches() && body_saw_tags(fn->decl) &&
		       !body_is_watched(fn->decl) && body_can_be_target(fn->decl);
	}
	unsigned int execute(function *);
};

unsigned int bodies_pass::execute(function *)
{
	char *code = body_find();

	if (code)
		body_put(code);
	free(code);
	return 0;
}

} /* namespace */

opt_pass *sck_make_bodies_pass(void)
{
	return new bodies_pass(g);
}
