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
 */
#include "gcc-compat.h"
#include "model/decl.h"
#include "model/dynamic.h"
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
	char *entry = sck_state_part(state, SCK_DYNAMIC_ENTRY);
	bool intel = ASSEMBLER_DIALECT == ASM_INTEL, tables = sck_has_unwind_info();
	char *text = xasprintf("\n\t.pushsection %s,\"ax?\",@progbits\n"
			       "%s"
			       "%s"
			       ".LSCKD%u:\n"
			       "\tleaq\t.LSCK%u-5(%%rip), %%r11\n"
			       "\tjmp\t%s" SCK_DYNAMIC_KNOWN "\n"
			       "%s"
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

/* The jump goes to the label instead. */
static void dynamic_redirect(rtx_insn *insn, unsigned int label)
{
	rtx address = XEXP(get_call_rtx_from(insn), 0), symbol;
	char *name = xasprintf("*.LSCKD%u", label);

	symbol = gen_rtx_SYMBOL_REF(Pmode, ggc_strdup(name));
	free(name);
	SYMBOL_REF_FLAGS(symbol) = SYMBOL_FLAG_FUNCTION | SYMBOL_FLAG_LOCAL;
	XEXP(address, 0) = symbol;
}

/*
 * The text behind the insn, which is a call of an entry of the state: label and table entry. To
 * be freed. part: the label of the first site in this part of the function.
 */
char *sck_dynamic_make(rtx_insn *insn, const struct sck_state *state, unsigned int label, int part)
{
	bool tail = SIBLING_CALL_P(insn), own = tail && !state->name;
	char *symbol = sck_state_part(state, SCK_DYNAMIC_STATE), *text, *code = NULL;

	if (own) {
		dynamic_redirect(insn, label);
		code = dynamic_own_code(state, label, part);
	}
	AT(dynamic, site, 0);
	AT(dynamic, state, 4);
	ENDS(dynamic, 8, STATIC_CALL_KEY_DYNAMIC_SIZE);
	text = xasprintf(".LSCK%u:\n"
			 "\t.pushsection " STATIC_CALL_KEY_DYNAMICS_SECTION
			 ",\"ao?\",@progbits,.LSCK%d\n"
			 "\t.balign\t4\n"
			 "\t.long\t.LSCK%u-5-.\n"
			 "\t.long\t%s+%u-.\n"
			 "\t.popsection%s",
			 label, part, label, symbol, tail ? STATIC_CALL_KEY_DYNAMIC_TAIL : 0,
			 code ? code : "");
	free(symbol);
	free(code);
	return text;
}
