/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * At the end of the unit, as assembly text: for each key that calls go through,
 * its trampoline and record; once a module (COMDAT), the descriptor and the
 * constructor that tells the runtime of it, and the small functions that
 * compiled code calls. Everything is hidden. What belongs to a key that other
 * objects can name too is COMDAT as well; what belongs to a static key is local.
 *
 * The common symbol static_call_key_runtime_wanted makes the linker pull the
 * runtime out of libstatic_call.a, if that is on the link line: all references
 * to the runtime are weak, and weak references do not.
 */
#include "gcc-compat.h"
#include "sck.h"

#define OUT(...) fprintf(out, __VA_ARGS__)

static FILE *out;

/*
 * By directives also under -fno-dwarf2-cfi-asm: gas merges what they make with the
 * tables that GCC then writes itself.
 */
static bool unwind_info(void)
{
	return dwarf2out_do_cfi_asm() || flag_unwind_tables || flag_asynchronous_unwind_tables ||
	       flag_exceptions;
}

static void open_section(const char *name, const char *flags, const char *type, const char *group)
{
	if (group)
		OUT("\t.section\t%s,\"%sG\",@%s,%s,comdat\n", name, flags, type, group);
	else
		OUT("\t.section\t%s,\"%s\",@%s\n", name, flags, type);
}

static void define(const char *symbol, bool global, const char *type)
{
	if (global)
		OUT("\t.globl\t%s\n\t.hidden\t%s\n", symbol, symbol);
	OUT("\t.type\t%s, @%s\n%s:\n", symbol, type, symbol);
}

/* A function in a section of its own, of this group or, if NULL, local. */
static void function_start(const char *symbol, const char *group)
{
	char *section = xasprintf(".text.%s", symbol);

	open_section(section, "ax", "progbits", group);
	free(section);
	OUT("\t.p2align 4\n");
	define(symbol, group != NULL, "function");
	if (unwind_info())
		OUT("\t.cfi_startproc\n");
}

static void put_endbr(void)
{
	if (flag_cf_protection & CF_BRANCH)
		OUT("\tendbr64\n");
}

static void function_end(const char *symbol)
{
	if (unwind_info())
		OUT("\t.cfi_endproc\n");
	OUT("\t.size\t%s, .-%s\n", symbol, symbol);
}

/* The stack pointer has moved by so much since the function was entered. */
static void cfa_moved(int bytes)
{
	if (unwind_info())
		OUT("\t.cfi_adjust_cfa_offset %d\n", bytes);
}

/* -mindirect-branch=: jump to %r11 without an indirect branch. */
static void jump_r11(enum indirect_branch thunk)
{
	switch (thunk) {
	case indirect_branch_thunk_extern:
		OUT("\tjmp\t__x86_indirect_thunk_r11\n");
		break;
	case indirect_branch_thunk:
	case indirect_branch_thunk_inline:
		OUT("\tcall\t2f\n"
		    "1:\tpause\n"
		    "\tlfence\n"
		    "\tjmp\t1b\n"
		    "\t.p2align 4\n"
		    "2:\n");
		cfa_moved(8);
		OUT("\tmovq\t%%r11, (%%rsp)\n"
		    "\tret\n");
		cfa_moved(-8);
		break;
	default:
		OUT("\tjmp\t*%%r11\n");
	}
	if (SCK_HARDEN_SLS_JMP())
		OUT("\tint3\n");
}

/* ret, as -mfunction-return= wants it. */
static void put_return(void)
{
	switch (ix86_function_return) {
	case indirect_branch_thunk_extern:
		OUT("\tjmp\t__x86_return_thunk\n");
		break;
	case indirect_branch_thunk:
	case indirect_branch_thunk_inline:
		OUT("\tcall\t5f\n"
		    "4:\tpause\n"
		    "\tlfence\n"
		    "\tjmp\t4b\n"
		    "\t.p2align 4\n"
		    "5:\n");
		cfa_moved(8);
		OUT("\tleaq\t8(%%rsp), %%rsp\n");
		cfa_moved(-8);
		OUT("\tret\n");
		break;
	default:
		OUT("\tret\n");
	}
	if (SCK_HARDEN_SLS_RET())
		OUT("\tint3\n");
}

/* How the key's variable is spelled in assembly. */
static void put_variable(const struct sck_key *key)
{
	assemble_name(out, IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(key->var)));
}

/* GCC does not know that we refer to the variable, and says no such thing itself. */
static void put_visibility(const struct sck_key *key)
{
	static const char *const names[] = { NULL, "protected", "hidden", "internal" };

	gcc_assert(DECL_VISIBILITY(key->var) < ARRAY_SIZE(names));
	OUT("\t.%s\t", names[DECL_VISIBILITY(key->var)]);
	put_variable(key);
	OUT("\n");
}

/*
 * Must the variable be reached through the global offset table? As GCC does for
 * its own accesses, and always where data may be far away.
 */
static bool through_got(const struct sck_key *key)
{
	if (ix86_cmodel == CM_MEDIUM || ix86_cmodel == CM_MEDIUM_PIC)
		return true;
	return (flag_pic || !SCK_DIRECT_EXTERN_ACCESS()) && !targetm.binds_local_p(key->var);
}

/* The trampoline: jmp *key, by way of %r11 where one instruction cannot. */
static void put_trampoline(const struct sck_key *key, const char *symbol, const char *group)
{
	bool null = key->flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL;

	function_start(symbol, group);
	if (through_got(key)) {
		OUT("\tmovq\t");
		put_variable(key);
		OUT("@GOTPCREL(%%rip), %%r11\n");
		OUT("\tmovq\t%ld(%%r11), %%r11\n", (long)key->offset);
	} else if (null || key->thunk > indirect_branch_keep) {
		OUT("\tmovq\t");
		put_variable(key);
		OUT("+%ld(%%rip), %%r11\n", (long)key->offset);
	} else {
		OUT("\tjmp\t*");
		put_variable(key);
		OUT("+%ld(%%rip)\n", (long)key->offset);
		if (SCK_HARDEN_SLS_JMP())
			OUT("\tint3\n");
		function_end(symbol);
		return;
	}
	if (null)
		OUT("\ttestq\t%%r11, %%r11\n"
		    "\tje\t3f\n");
	jump_r11(key->thunk);
	if (null) {
		OUT("3:\n");
		if (key->flags & STATIC_CALL_KEY_RECORD_RETURNS_VALUE)
			OUT("\txorl\t%%eax, %%eax\n");
		if (key->flags & STATIC_CALL_KEY_RECORD_RETURNS_WIDE)
			OUT("\txorl\t%%edx, %%edx\n");
		put_return();
	}
	function_end(symbol);
}

static void put_record(const struct sck_key *key, const char *symbol, const char *trampoline,
		       const char *group)
{
	open_section(STATIC_CALL_KEY_RECORDS_SECTION, "aw", "progbits", group);
	OUT("\t.balign\t%d\n", STATIC_CALL_KEY_RECORD_SIZE);
	define(symbol, group != NULL, "object");
	OUT("\t.short\t%d, %d\n", STATIC_CALL_KEY_ABI_VERSION, STATIC_CALL_KEY_RECORD_SIZE);
	OUT("\t.long\t%u\n", key->flags);
	OUT("\t.quad\t");
	put_variable(key);
	OUT("+%ld\n", (long)key->offset);
	OUT("\t.long\t%s-.\n", trampoline);
	OUT("\t.long\t9f-.\n");
	OUT("\t.zero\t%d\n", STATIC_CALL_KEY_RECORD_SIZE - 24);
	OUT("\t.size\t%s, %d\n", symbol, STATIC_CALL_KEY_RECORD_SIZE);
	open_section(".rodata.static_call_key_names", "a", "progbits", group);
	OUT("9:\t.string\t\"%s\"\n", key->path);
}

static void put_key(const struct sck_key *key)
{
	char *trampoline = xasprintf("static_call_key_trampoline%s", key->symbol);
	char *record = xasprintf("static_call_key_record%s", key->symbol);
	const char *group = key->local ? NULL : record;

	if (DECL_EXTERNAL(key->var) && DECL_VISIBILITY_SPECIFIED(key->var) &&
	    DECL_VISIBILITY(key->var) != VISIBILITY_DEFAULT)
		put_visibility(key);
	if (DECL_EXTERNAL(key->var) && DECL_WEAK(key->var)) {
		OUT("\t.weak\t");
		put_variable(key);
		OUT("\n");
	}
	put_trampoline(key, trampoline, group);
	put_record(key, record, trampoline, group);
	free(trampoline);
	free(record);
}

/* symbol(%rdi, %rsi): pass on to a function of the runtime, if it is there. */
static void put_weak_jump(const char *symbol, const char *target, const char *setup)
{
	function_start(symbol, symbol);
	put_endbr();
	OUT("\t.weak\t%s\n", target);
	OUT("\tmovq\t%s@GOTPCREL(%%rip), %%rax\n", target);
	OUT("\ttestq\t%%rax, %%rax\n"
	    "\tje\t1f\n"
	    "%s"
	    "\tjmp\t%s@PLT\n"
	    "1:\n",
	    setup, target);
	put_return();
	function_end(symbol);
}

/*
 * Priority 100: before all constructors and after all destructors of programs.
 * Kernel code has no constructors; its port finds the sections by the linker
 * script.
 */
static void put_module(const struct sck_key *)
{
	static const char *const bounds[] = {
		"__start_" STATIC_CALL_KEY_SITES_SECTION,
		"__stop_" STATIC_CALL_KEY_SITES_SECTION,
		"__start_" STATIC_CALL_KEY_RECORDS_SECTION,
		"__stop_" STATIC_CALL_KEY_RECORDS_SECTION,
	};
	static const char descriptor[] = "static_call_key_module";
	static const char argument[] = "\tleaq\tstatic_call_key_module(%rip), %rdi\n";
	unsigned int i;

	if (ix86_cmodel == CM_KERNEL)
		return;
	for (i = 0; i < ARRAY_SIZE(bounds); i++)
		OUT("\t.weak\t%s\n\t.hidden\t%s\n", bounds[i], bounds[i]);
	open_section(".data.static_call_key_module", "aw", "progbits", descriptor);
	OUT("\t.balign\t16\n");
	define(descriptor, true, "object");
	OUT("\t.short\t%d, %d\n", STATIC_CALL_KEY_ABI_VERSION, STATIC_CALL_KEY_MODULE_SIZE);
	OUT("\t.long\t0\n");
	for (i = 0; i < ARRAY_SIZE(bounds); i++)
		OUT("\t.quad\t%s\n", bounds[i]);
	OUT("\t.zero\t24\n");
	OUT("\t.size\t%s, %d\n", descriptor, STATIC_CALL_KEY_MODULE_SIZE);

	put_weak_jump("static_call_key_module_init", "static_call_key_rt_register", argument);
	put_weak_jump("static_call_key_module_fini", "static_call_key_rt_unregister", argument);
	open_section(".init_array.00100", "aw", "init_array", "static_call_key_module_init");
	OUT("\t.balign\t8\n\t.quad\tstatic_call_key_module_init\n");
	open_section(".fini_array.00100", "aw", "fini_array", "static_call_key_module_fini");
	OUT("\t.balign\t8\n\t.quad\tstatic_call_key_module_fini\n");
}

static void put_store(const struct sck_key *)
{
	put_weak_jump("static_call_key_store", "static_call_key_rt_store", "");
}

static void put_return_zero(const struct sck_key *)
{
	static const char symbol[] = "static_call_key_return_zero";

	function_start(symbol, symbol);
	put_endbr();
	OUT("\txorl\t%%eax, %%eax\n"
	    "\txorl\t%%edx, %%edx\n");
	put_return();
	function_end(symbol);
}

/*
 * AT&T syntax and the section as they were, around what put writes. Units that
 * link-time optimization joins share one assembly file: only the first of them
 * may define symbol.
 */
static void put_unit_part(const char *symbol, void (*put)(const struct sck_key *),
			  const struct sck_key *key)
{
	if (ASSEMBLER_DIALECT == ASM_INTEL)
		OUT("\t.att_syntax prefix\n");
	if (symbol)
		OUT("\t.ifndef\t%s\n", symbol);
	OUT("\t.pushsection .text\n");
	put(key);
	OUT("\t.comm\tstatic_call_key_runtime_wanted,8,8\n");
	/* Ours have no prologue that looks at the stack limit; gold wants to know. */
	if (flag_split_stack)
		OUT("\t.section\t.note.GNU-no-split-stack,\"\",@progbits\n");
	OUT("\t.popsection\n");
	if (symbol)
		OUT("\t.endif\n");
	if (ASSEMBLER_DIALECT == ASM_INTEL)
		OUT("\t.intel_syntax noprefix\n");
}

/*
 * -flto: there is no assembly output that this unit could call its own. The text
 * goes along as a top-level asm, so that even a link without the plugin has all
 * that the code refers to.
 */
static void lto_part(const char *symbol, void (*put)(const struct sck_key *),
		     const struct sck_key *key)
{
	size_t length;
	char *text;

	out = open_memstream(&text, &length);
	put_unit_part(symbol, put, key);
	fclose(out);
	symtab->finalize_toplevel_asm(build_string(length, text));
	free(text);
}

void sck_emit_lto_store(void)
{
	lto_part("static_call_key_store", put_store, NULL);
}

void sck_emit_lto_return_zero(void)
{
	lto_part("static_call_key_return_zero", put_return_zero, NULL);
}

void sck_emit_lto_key(const struct sck_key *key)
{
	char *record = xasprintf("static_call_key_record%s", key->symbol);
	static bool module;

	if (!module)
		lto_part("static_call_key_module", put_module, NULL);
	module = true;
	lto_part(record, put_key, key);
	free(record);
}

static void put_unit(const struct sck_key *)
{
	bool sites = false;
	unsigned int i;

	for (i = 0; i < sck_key_count(); i++) {
		if (sck_key_nth(i)->used)
			put_key(sck_key_nth(i));
		sites |= sck_key_nth(i)->sites != 0;
	}
	if (sites)
		put_module(NULL);
	if (sck_store_calls())
		put_store(NULL);
	if (sck_return_zero_used())
		put_return_zero(NULL);
}

void sck_emit_unit(void)
{
	bool any = sck_store_calls() || sck_return_zero_used();
	unsigned int i;

	if (!asm_out_file || seen_error() || flag_lto)
		return;
	for (i = 0; i < sck_key_count(); i++)
		any |= sck_key_nth(i)->used;
	if (!any)
		return;
	out = asm_out_file;
	put_unit_part(NULL, put_unit, NULL);
}
