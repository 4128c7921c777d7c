/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dynamic calls, see gimple/dynamic.c, in machine code:
 *
 *		.p2align 3,,4
 *		call	static_call_key_dynamic
 *	.LSCK7:
 *		.pushsection static_call_key_dynamics,"ao?",@progbits,.LSCK7
 *		.balign	4
 *		.long	.LSCK7-5-.
 *		.long	static_call_key_state+0-.
 *		.popsection
 *
 * A call tells the runtime by its return address which one it is. A jump has none, and goes by
 * way of code of its own, as linked:
 *
 *	.LSCKD7:
 *		leaq	.LSCK7-5(%rip), %r11
 *		jmp	static_call_key_dynamic_known
 *
 * In the kernel and its modules, where objtool wants all code in functions, the first of these
 * instructions stands in front of the site, which is the second.
 */
#include "gcc-compat.h"
#include "model/decl.h"
#include "model/dynamic.h"
#include "model/options.h"
#include "emit/layout.h"
#include "emit/text.h"
#include "rtl/sites.h"

/*
 * Where the code of its own lies: in a section that goes where the function goes, which it
 * refers to, when the linker collects garbage.
 */
static char *dynamic_section(int part)
{
	if (!flag_function_sections && !DECL_COMDAT_GROUP(current_function_decl))
		return xstrdup(".text.unlikely.static_call_key");
	return xasprintf(".text.unlikely.static_call_key.%d", part);
}

static char *dynamic_own_code(const struct sck_state *state, unsigned int label, int part)
{
	char *section = dynamic_section(part);
	char *entry = sck_state_code(state);
	bool intel = ASSEMBLER_DIALECT == ASM_INTEL, tables = sck_has_unwind_info();
	char *text = xasprintf("\n\t.pushsection %s,\"ax?\",@progbits\n"
			       "%s"
			       "%s"
			       ".LSCKD%u:\n"
			       "\tleaq\t.LSCK%u-5(%%rip), %%r11\n" SCK_EXACT_JUMP(
				       "%s" SCK_DYNAMIC_KNOWN) "%s"
							       "%s"
							       "\t.popsection",
			       section, intel ? "\t.att_syntax prefix\n" : "",
			       tables ? "\t.cfi_startproc\n" : "", label, label, entry,
			       tables ? "\t.cfi_endproc\n" : "",
			       intel ? "\t.intel_syntax noprefix\n" : "");

	free(section);
	free(entry);
	return text;
}

/* The jump goes to this label instead. */
static void dynamic_redirect(rtx_insn *insn, const char *name)
{
	rtx address = XEXP(get_call_rtx_from(insn), 0), symbol;

	symbol = gen_rtx_SYMBOL_REF(Pmode, ggc_strdup(name));
	SYMBOL_REF_FLAGS(symbol) = SYMBOL_FLAG_FUNCTION | SYMBOL_FLAG_LOCAL;
	XEXP(address, 0) = symbol;
}

/*
 * A jump of a state without a name goes by way of code that tells which one it is: of its own,
 * to be put behind it, or in front of it. Both to be freed.
 */
static void dynamic_tell(rtx_insn *insn, const struct sck_state *state, unsigned int label,
			 int part, char **before, char **behind)
{
	char *name;

	if (sck_kernel_dynamic()) {
		char *entry = sck_state_code(state);

		name = concat("*", entry, SCK_DYNAMIC_KNOWN, NULL);
		*before = xasprintf("\tleaq\t.LSCK%u-5(%%rip), %%r11\n", label);
		free(entry);
	} else {
		name = xasprintf("*.LSCKD%u", label);
		*behind = dynamic_own_code(state, label, part);
	}
	dynamic_redirect(insn, name);
	free(name);
}

/*
 * The text behind the insn, which is a call of an entry of the state: label and table entry.
 * *before: what comes in front of it, or NULL. To be freed. part: the label of the first site in this
 * part of the function.
 */
char *sck_dynamic_make(rtx_insn *insn, const struct sck_state *state, unsigned int label, int part,
		       char **before)
{
	bool tail = SIBLING_CALL_P(insn);
	char *symbol = sck_state_symbol(state), *text, *code = NULL;
	char *site = xasprintf(".LSCK%u-5", label), *no_target = sck_not_a_target(site);

	*before = NULL;
	if (tail && !state->name)
		dynamic_tell(insn, state, label, part, before, &code);
	AT(dynamic, site, 0);
	AT(dynamic, state, 4);
	ENDS(dynamic, 8, STATIC_CALL_KEY_DYNAMIC_SIZE);
	text = xasprintf(".LSCK%u:\n"
			 "\t.pushsection " STATIC_CALL_KEY_DYNAMICS_SECTION
			 ",\"ao?\",@progbits,.LSCK%d\n"
			 "\t.balign\t4\n"
			 "\t.long\t.LSCK%u-5-.\n"
			 "\t.long\t%s+%u-.\n"
			 "\t.popsection%s%s%s",
			 label, part, label, symbol, tail ? STATIC_CALL_KEY_DYNAMIC_TAIL : 0,
			 code ? code : "", *no_target ? "\n" : "", no_target);
	free(no_target);
	free(site);
	free(symbol);
	free(code);
	return text;
}
