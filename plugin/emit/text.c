/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Assembly text: sections, symbols and unwind information, returns and indirect jumps as
 * the options want them.
 */
#include "gcc-compat.h"
#include "emit/text.h"

FILE *sck_out;

/*
 * By directives also under -fno-dwarf2-cfi-asm: gas merges what they make with the
 * tables that GCC then writes itself.
 */
bool sck_has_unwind_info(void)
{
	return dwarf2out_do_cfi_asm() || flag_unwind_tables || flag_asynchronous_unwind_tables ||
	       flag_exceptions;
}

void sck_open_section(const char *name, const char *flags, const char *type, const char *group)
{
	if (group)
		OUT("\t.section\t%s,\"%sG\",@%s,%s,comdat\n", name, flags, type, group);
	else
		OUT("\t.section\t%s,\"%s\",@%s\n", name, flags, type);
}

/*
 * What several units define is weak, as GCC's own such symbols are: static_call.h declares one of
 * them so, and a linker may take a weak symbol of one unit for another than the strong one of
 * the next (lld 19).
 */
void sck_define(const char *symbol, bool global, const char *type)
{
	if (global)
		OUT("\t.weak\t%s\n\t.hidden\t%s\n", symbol, symbol);
	OUT("\t.type\t%s, @%s\n%s:\n", symbol, type, symbol);
}

/*
 * Room in front of the function, as -fpatchable-function-entry=16,16 makes it: kernels with
 * call depth tracking write code there, and lead calls to that.
 */
void sck_put_padding(FILE *to)
{
	const char *comma =
		flag_patchable_function_entry ? strchr(flag_patchable_function_entry, ',') : NULL;

	if (ix86_cmodel == CM_KERNEL && comma && atoi(comma + 1) > 0)
		fprintf(to, "\t.fill\t%d, 1, 0x90\n", atoi(comma + 1));
}

/* A function in a section of its own, of this group or, if NULL, local. */
void sck_function_start(const char *symbol, const char *group)
{
	char *section = xasprintf(".text.%s", symbol);

	sck_open_section(section, "ax", "progbits", group);
	free(section);
	OUT("\t.p2align 4\n");
	sck_put_padding(sck_out);
	sck_define(symbol, group != NULL, "function");
	if (sck_has_unwind_info())
		OUT("\t.cfi_startproc\n");
}

/*
 * Kernels with IBT: objtool has to be told that this address, which is in our tables, is not for
 * indirect jumps. In both ways that there are: up to Linux 6.14, and since. What to write; to
 * be freed.
 */
char *sck_not_a_target(const char *place)
{
	if (ix86_cmodel != CM_KERNEL || !(flag_cf_protection & CF_BRANCH))
		return xstrdup("");
	return xasprintf("\t.pushsection .discard.noendbr\n"
			 "\t.quad\t%s\n"
			 "\t.popsection\n"
			 "\t.pushsection .discard.annotate_insn,\"M\",@progbits,8\n"
			 "\t.long\t%s-.\n"
			 "\t.long\t1\n"
			 "\t.popsection\n",
			 place, place);
}

void sck_put_endbr(void)
{
	if (flag_cf_protection & CF_BRANCH)
		OUT("\tendbr64\n");
}

void sck_function_end(const char *symbol)
{
	if (sck_has_unwind_info())
		OUT("\t.cfi_endproc\n");
	OUT("\t.size\t%s, .-%s\n", symbol, symbol);
}

/* The stack pointer has moved by so much since the function was entered. */
void sck_cfa_moved(int bytes)
{
	if (sck_has_unwind_info())
		OUT("\t.cfi_adjust_cfa_offset %d\n", bytes);
}

/* reg: without the r in front. */
void sck_put_push(const char *reg)
{
	OUT("\tpushq\t%%r%s\n", reg);
	sck_cfa_moved(8);
}

void sck_put_pop(const char *reg)
{
	OUT("\tpopq\t%%r%s\n", reg);
	sck_cfa_moved(-8);
}

/* -mindirect-branch=: jump to where the register points without an indirect branch. */
void sck_put_jump(const char *reg, enum indirect_branch thunk)
{
	switch (thunk) {
	case indirect_branch_thunk_extern:
		OUT("\tjmp\t__x86_indirect_thunk_%s\n", reg);
		break;
	case indirect_branch_thunk:
	case indirect_branch_thunk_inline:
		OUT("\tcall\t2f\n"
		    "1:\tpause\n"
		    "\tlfence\n"
		    "\tjmp\t1b\n"
		    "\t.p2align 4\n"
		    "2:\n");
		sck_cfa_moved(8);
		OUT("\tmovq\t%%%s, (%%rsp)\n"
		    "\tret\n",
		    reg);
		sck_cfa_moved(-8);
		break;
	default:
		OUT("\tjmp\t*%%%s\n", reg);
	}
	if (SCK_HARDEN_SLS_JMP())
		OUT("\tint3\n");
}

/* ret, as -mfunction-return= wants it. */
void sck_put_return(FILE *to, int kind, bool cfi)
{
	switch (kind) {
	case indirect_branch_thunk_extern:
		fputs("\tjmp\t__x86_return_thunk\n", to);
		break;
	case indirect_branch_thunk:
	case indirect_branch_thunk_inline:
		fputs("\tcall\t5f\n"
		      "4:\tpause\n"
		      "\tlfence\n"
		      "\tjmp\t4b\n"
		      "\t.p2align 4\n"
		      "5:\n",
		      to);
		if (cfi)
			fputs("\t.cfi_adjust_cfa_offset 8\n", to);
		fputs("\tleaq\t8(%rsp), %rsp\n", to);
		if (cfi)
			fputs("\t.cfi_adjust_cfa_offset -8\n", to);
		fputs("\tret\n", to);
		break;
	default:
		fputs("\tret\n", to);
	}
	if (SCK_HARDEN_SLS_RET())
		fputs("\tint3\n", to);
}

void sck_emit_return(void)
{
	sck_put_return(sck_out, ix86_function_return, sck_has_unwind_info());
}
