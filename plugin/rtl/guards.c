/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Guards, see gimple/guard.c, in machine code. The jump becomes a site of its own kind:
 *
 *		.p2align 3,,4
 *	.LSCK7:	.byte	0xe9
 *		.long	.L5-4-.
 *		.pushsection static_call_key_guards,"ao?",@progbits,.LSCK7
 *		.balign	4
 *		.long	.LSCK7-.
 *		.long	static_call_key_record.fp+0-.
 *		.long	.L5-.
 *		.long	static_call_key_function.fn-.
 *		.long	0
 *		.popsection
 *
 * and one more entry for each further function, whose last line leads to its code.
 *
 * In a module of a kernel that knows nothing of this there is one function, and the guard
 * is one of the kernel's jump labels, too:
 *
 *		.pushsection __jump_table,"aw"
 *		.balign	8
 *		.long	.LSCK7-.
 *		.long	.L5-.
 *		.quad	.LSCKK7+1-.
 *		.popsection
 *
 * .LSCKK7 is its struct static_key, which is false, and false (+1) means jump. So objtool
 * follows both ways, kprobes are refused, and the kernel itself makes a no-op of the
 * jump, and a jump of that, when the runtime sets the key and clears it.
 *
 * The objtool of a kernel with the runtime built in reads the table of guards itself.
 */
#include "gcc-compat.h"
#include "model/options.h"
#include "model/decl.h"
#include "model/calls.h"
#include "emit/text.h"
#include "emit/layout.h"
#include "rtl/sites.h"

/* The operands of the statement, if this insn is a guard; else NULL_RTX. */
static rtx guard_operands(rtx_insn *insn)
{
	rtx operands, input;

	if (!JUMP_P(insn))
		return NULL_RTX;
	operands = extract_asm_operands(PATTERN(insn));
	if (!operands || ASM_OPERANDS_INPUT_LENGTH(operands) < 2 ||
	    !ASM_OPERANDS_LABEL_LENGTH(operands))
		return NULL_RTX;
	input = ASM_OPERANDS_INPUT(operands, 0);
	return GET_CODE(input) == SYMBOL_REF && SYMBOL_REF_DECL(input) &&
			       sck_trampoline_symbol(SYMBOL_REF_DECL(input))
		       ? operands
		       : NULL_RTX;
}

/* The trampoline of the key, if this insn is a guard; else NULL_TREE. */
tree sck_guard_insn_trampoline(rtx_insn *insn)
{
	rtx operands = guard_operands(insn);

	return operands ? SYMBOL_REF_DECL(ASM_OPERANDS_INPUT(operands, 0)) : NULL_TREE;
}

/* Entry n of the guard, as the text of an asm statement. */
static char *guard_entry(rtx operands, const char *symbol, unsigned int label, unsigned int n)
{
	unsigned int count = ASM_OPERANDS_INPUT_LENGTH(operands) - 1;
	unsigned int flags = n + 1 < count ? STATIC_CALL_KEY_GUARD_MORE : 0;
	char *target, *body, *text;

	/* The labels are the operands behind the inputs. */
	if (CONST_INT_P(ASM_OPERANDS_INPUT(operands, n + 1)))
		target = xstrdup("0");
	else
		target = xasprintf("%%p%u-.", n + 1);
	body = n ? xasprintf("%%l%u-.", count + 1 + n) : xstrdup("0");
	AT(guard, site, 0);
	AT(guard, record, 4);
	AT(guard, slow, 8);
	AT(guard, target, 12);
	AT(guard, body, 16);
	ENDS(guard, 20, STATIC_CALL_KEY_GUARD_SIZE);
	text = xasprintf("\t.long\t.LSCK%u-.\n"
			 "\t.long\tstatic_call_key_record%s+%u-.\n"
			 "\t.long\t%%l%u-.\n"
			 "\t.long\t%s\n"
			 "\t.long\t%s\n",
			 label, symbol, flags, count + 1, target, body);
	free(target);
	free(body);
	return text;
}

/* What tells the kernel of the guard, as the text of an asm statement; to be freed. */
static char *guard_jump_label(unsigned int label, const char *where, const char *to)
{
	return xasprintf("\t.pushsection __jump_table,\"aw\"\n"
			 "\t.balign\t8\n"
			 "\t.long\t%s-.\n"
			 "\t.long\t%s-.\n"
			 "\t.quad\t.LSCKK%u+1-.\n"
			 "\t.popsection\n"
			 "\t.pushsection .data.static_call_key_guard,\"aw\"\n"
			 "\t.balign\t8\n"
			 ".LSCKK%u:\n"
			 "\t.zero\t16\n"
			 "\t.popsection\n",
			 where, to, label, label);
}

/* What tells objtool, and perhaps the kernel, of the guard; likewise. */
static char *guard_for_kernel(unsigned int label, unsigned int slow)
{
	char *text, *where = xasprintf(".LSCK%u", label), *to = xasprintf("%%l%u", slow);
	char *no_target = sck_not_a_target(where), *nor_slow = sck_not_a_target(to);
	char *jump_label = sck_options.kernel_module ? guard_jump_label(label, where, to)
						     : xstrdup("");

	text = xasprintf("\n%s%s%s", jump_label, no_target, nor_slow);
	free(jump_label);
	free(where);
	free(to);
	free(no_target);
	free(nor_slow);
	return text;
}

/* The insn becomes a site. label: its number; part: that of the first site in this part.
 * nop: an instruction that nobody patches comes first. */
void sck_guard_make(rtx_insn *insn, const char *symbol, unsigned int label, int part, bool nop)
{
	rtx operands = guard_operands(insn);
	unsigned int count = ASM_OPERANDS_INPUT_LENGTH(operands) - 1, i;
	char *text = xasprintf("%s.p2align 3,,4\n"
			       ".LSCK%u:\n"
			       "\t.byte\t0xe9\n"
			       "\t.long\t%%l%u-4-.\n"
			       "\t.pushsection " STATIC_CALL_KEY_GUARDS_SECTION
			       ",\"ao?\",@progbits,.LSCK%d\n"
			       "\t.balign\t4\n",
			       nop ? "nop\n\t" : "", label, count + 1, part);

	for (i = 0; i < count; i++) {
		char *entry = guard_entry(operands, symbol, label, i);

		text = reconcat(text, text, entry, NULL);
		free(entry);
	}
	text = reconcat(text, text, "\t.popsection", NULL);
	if (sck_options.kernel_module || sck_options.kernel_builtin) {
		char *kernel = guard_for_kernel(label, count + 1);

		text = reconcat(text, text, kernel, NULL);
		free(kernel);
	}
	XSTR(operands, 0) = ggc_strdup(text);
	free(text);
}
