/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * At the end of the unit, as assembly text: for each key that calls go through,
 * its trampoline and record; once a module (COMDAT), the descriptor and the
 * constructor that tells the runtime of it, and the small functions that
 * compiled code calls. Everything is hidden. What belongs to a key that other
 * objects can name too is COMDAT as well; what belongs to a static key is local.
 *
 * The common symbol static_call_key_runtime_wanted makes GNU ld pull the runtime
 * out of libstatic_call.a, if that is on the link line: all references to the
 * runtime are weak, and weak references do not.
 */
#include "gcc-compat.h"
#include "sck.h"
#include "emit.h"

/* Where in its variable the key lies, and how long that is; 0: this unit cannot tell. */
static void put_extent(const struct sck_key *key)
{
	HOST_WIDE_INT size = sck_object_size(key->var);
	bool fits = IN_RANGE(key->offset, 0, INT_MAX);

	OUT("\t.long\t%ld, %ld\n", fits ? (long)key->offset : 0L,
	    fits && IN_RANGE(size, 0, INT_MAX) ? (long)size : 0L);
}

/* After sck_put_trampoline(), whose label SCK_NULL_CODE is meant. */
static void put_record(const struct sck_key *key, const char *symbol, const char *trampoline,
		       const char *group)
{
	sck_open_section(STATIC_CALL_KEY_RECORDS_SECTION, "aw", "progbits", group);
	OUT("\t.balign\t%d\n", STATIC_CALL_KEY_RECORD_SIZE);
	sck_define(symbol, group != NULL, "object");
	OUT("\t.short\t%d, %d\n", STATIC_CALL_KEY_ABI_VERSION, STATIC_CALL_KEY_RECORD_SIZE);
	OUT("\t.long\t%u\n", key->flags);
	OUT("\t.quad\t");
	sck_put_variable(key);
	OUT("+%ld\n", (long)key->offset);
	OUT("\t.long\t%s-.\n", trampoline);
	OUT("\t.long\t9f-.\n");
	OUT("\t.quad\t%#llx, %#llx\n", (unsigned long long)key->clobbers[0],
	    (unsigned long long)key->clobbers[1]);
	if (sck_has_null_code(key))
		OUT("\t.long\t" SCK_NULL_CODE "b-.\n");
	else
		OUT("\t.long\t0\n");
	OUT("\t.long\t0\n");
	put_extent(key);
	OUT("\t.quad\t0\n");
	OUT("\t.size\t%s, %d\n", symbol, STATIC_CALL_KEY_RECORD_SIZE);
	sck_open_section(".rodata.static_call_key_names", "a", "progbits", group);
	OUT("9:\t.string\t\"%s\"\n", key->path);
	if (sck_objtool_ibt())
		OUT("\t.pushsection .discard.noendbr\n"
		    "\t.quad\t%s\n"
		    "\t.popsection\n",
		    trampoline);
}

static void put_target(const struct sck_target *target)
{
	OUT("\t.quad\t");
	assemble_name(sck_out, IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(target->decl)));
	OUT(", %#llx, %#llx, 0\n", (unsigned long long)target->clobbers[0],
	    (unsigned long long)target->clobbers[1]);
}

static void put_targets(const struct sck_key *)
{
	unsigned int i;

	sck_open_section(STATIC_CALL_KEY_TARGETS_SECTION, "aw", "progbits", NULL);
	OUT("\t.balign\t8\n");
	for (i = 0; i < sck_target_count(); i++)
		put_target(sck_target_nth(i));
}

static void put_key(const struct sck_key *key)
{
	char *trampoline = xasprintf("static_call_key_trampoline%s", key->symbol);
	char *record = xasprintf("static_call_key_record%s", key->symbol);
	const char *group = key->local ? NULL : record;

	if (DECL_EXTERNAL(key->var) && DECL_VISIBILITY_SPECIFIED(key->var) &&
	    DECL_VISIBILITY(key->var) != VISIBILITY_DEFAULT)
		sck_put_visibility(key);
	if (DECL_EXTERNAL(key->var) && DECL_WEAK(key->var)) {
		OUT("\t.weak\t");
		sck_put_variable(key);
		OUT("\n");
	}
	sck_put_trampoline(key, trampoline, group);
	put_record(key, record, trampoline, group);
	free(trampoline);
	free(record);
}

/*
 * symbol(%rdi, %rsi): pass on to a function of the runtime, if it is there. The
 * kernel has no global offset table, and addresses of 31 bits.
 */
static void put_weak_jump(const char *symbol, const char *target, const char *setup)
{
	sck_function_start(symbol, symbol);
	sck_put_endbr();
	OUT("\t.weak\t%s\n", target);
	if (ix86_cmodel == CM_KERNEL)
		OUT("\tmovq\t$%s, %%rax\n", target);
	else
		OUT("\tmovq\t%s@GOTPCREL(%%rip), %%rax\n", target);
	OUT("\ttestq\t%%rax, %%rax\n"
	    "\tje\t1f\n"
	    "%s"
	    "\tjmp\t%s%s\n"
	    "1:\n",
	    setup, target, ix86_cmodel == CM_KERNEL ? "" : "@PLT");
	sck_emit_return();
	sck_function_end(symbol);
}

/* .code and .code_here: the same place twice, so that code that was moved shows. */
static void put_code_place(void)
{
	if (ix86_cmodel == CM_KERNEL)
		OUT("\t.quad\t0, 0\n");
	else
		OUT("\t.quad\tstatic_call_key_module_init\n"
		    "\t.long\tstatic_call_key_module_init - ., 0\n");
}

/*
 * Priority 100: before all constructors and after all destructors of programs.
 * Kernel code has no constructors; its port finds the descriptor by its name.
 */
static void put_module(const struct sck_key *)
{
	static const char *const bounds[] = {
		"__start_" STATIC_CALL_KEY_SITES_SECTION,
		"__stop_" STATIC_CALL_KEY_SITES_SECTION,
		"__start_" STATIC_CALL_KEY_RECORDS_SECTION,
		"__stop_" STATIC_CALL_KEY_RECORDS_SECTION,
		"__start_" STATIC_CALL_KEY_TARGETS_SECTION,
		"__stop_" STATIC_CALL_KEY_TARGETS_SECTION,
		"__start_" STATIC_CALL_KEY_OBJECTS_SECTION,
		"__stop_" STATIC_CALL_KEY_OBJECTS_SECTION,
	};
	static const char descriptor[] = "static_call_key_module";
	static const char argument[] = "\tleaq\tstatic_call_key_module(%rip), %rdi\n";
	/* Kernel code has no table of objects. */
	unsigned int i, n = ARRAY_SIZE(bounds) - (ix86_cmodel == CM_KERNEL ? 2 : 0);

	for (i = 0; i < n; i++)
		OUT("\t.weak\t%s\n\t.hidden\t%s\n", bounds[i], bounds[i]);
	sck_open_section(".data.static_call_key_module", "aw", "progbits", descriptor);
	OUT("\t.balign\t16\n");
	sck_define(descriptor, true, "object");
	OUT("\t.short\t%d, %d\n", STATIC_CALL_KEY_ABI_VERSION, STATIC_CALL_KEY_MODULE_SIZE);
	OUT("\t.long\t0\n");
	for (i = 0; i < ARRAY_SIZE(bounds); i++) {
		if (i == 4)
			OUT("\t.quad\t0\n"); /* .runtime */
		if (i == 6)
			put_code_place();
		OUT("\t.quad\t%s\n", i < n ? bounds[i] : "0");
	}
	sck_define(STATIC_CALL_KEY_RANGE, true, "object");
	OUT("\t.quad\t0\n");
	sck_define(STATIC_CALL_KEY_RANGE "_span", true, "object");
	OUT("\t.quad\t0\n");
	OUT("\t.size\t%s, %d\n", descriptor, STATIC_CALL_KEY_MODULE_SIZE);
	/* For static_call_key.lds: of no section at all it would make one without memory. */
	if (ix86_cmodel == CM_KERNEL) {
		sck_open_section(STATIC_CALL_KEY_TARGETS_SECTION, "aw", "progbits", NULL);
		return;
	}

	put_weak_jump("static_call_key_module_init", "static_call_key_rt_register", argument);
	put_weak_jump("static_call_key_module_fini", "static_call_key_rt_unregister", argument);
	sck_open_section(".init_array.00100", "aw", "init_array", "static_call_key_module_init");
	OUT("\t.balign\t8\n\t.quad\tstatic_call_key_module_init\n");
	sck_open_section(".fini_array.00100", "aw", "fini_array", "static_call_key_module_fini");
	OUT("\t.balign\t8\n\t.quad\tstatic_call_key_module_fini\n");
}

/* %rdi, %rsi: address and size. Go to label 1 unless some of it lies where keys may be. */
static void put_range_test(void)
{
	OUT("\tmovq\t%%rdi, %%rax\n"
	    "\tsubq\t" STATIC_CALL_KEY_RANGE "(%%rip), %%rax\n"
	    "\tcmpq\t" STATIC_CALL_KEY_RANGE "_span(%%rip), %%rax\n"
	    "\tjb\t2f\n"
	    "\tnegq\t%%rax\n"
	    "\tcmpq\t%%rsi, %%rax\n"
	    "\tjae\t1f\n"
	    "\tcmpq\t$0, " STATIC_CALL_KEY_RANGE "_span(%%rip)\n"
	    "\tje\t1f\n"
	    "2:\n");
}

static void put_runtime_store(void)
{
	static const char target[] = "static_call_key_rt_store";

	OUT("\t.weak\t%s\n"
	    "\tjmp\t%s%s\n",
	    target, target, ix86_cmodel == CM_KERNEL ? "" : "@PLT");
}

/*
 * What follows a store (address, size): to the runtime, if a key may lie there. Without
 * the runtime the range is empty.
 */
static void put_store(const struct sck_key *)
{
	/* Each object of a kernel has its own, as objtool lists the return of each. */
	const char *group = ix86_cmodel == CM_KERNEL ? NULL : STATIC_CALL_KEY_STORE;

	sck_function_start(STATIC_CALL_KEY_STORE, group);
	sck_define(STATIC_CALL_KEY_STORE_MAYBE, group != NULL, "function");
	sck_put_endbr();
	put_range_test();
	put_runtime_store();
	OUT("1:\n");
	sck_emit_return();
	OUT("\t.size\t" STATIC_CALL_KEY_STORE_MAYBE ", .-" STATIC_CALL_KEY_STORE_MAYBE "\n");
	sck_function_end(STATIC_CALL_KEY_STORE);
}

/*
 * The same where a transaction may be under way, of Intel's TM ABI as GCC's libitm has
 * it: then all keys are resynced when it commits, and a rollback has changed none.
 */
static void put_store_transaction(const struct sck_key *)
{
	static const char symbol[] = STATIC_CALL_KEY_STORE "_transaction";
	static const char committed[] = STATIC_CALL_KEY_STORE "_committed";

	sck_function_start(symbol, symbol);
	sck_put_endbr();
	put_range_test();
	OUT("\tpushq\t%%rdi\n");
	sck_cfa_moved(8);
	OUT("\tpushq\t%%rsi\n");
	sck_cfa_moved(8);
	OUT("\tsubq\t$8, %%rsp\n");
	sck_cfa_moved(8);
	OUT("\tcall\t_ITM_inTransaction@PLT\n"
	    "\taddq\t$8, %%rsp\n");
	sck_cfa_moved(-8);
	OUT("\tpopq\t%%rsi\n");
	sck_cfa_moved(-8);
	OUT("\tpopq\t%%rdi\n");
	sck_cfa_moved(-8);
	OUT("\ttestl\t%%eax, %%eax\n"
	    "\tjne\t3f\n");
	put_runtime_store();
	OUT("3:\tleaq\t%s(%%rip), %%rdi\n"
	    "\tmovl\t$1, %%esi\n" /* _ITM_noTransactionId */
	    "\txorl\t%%edx, %%edx\n"
	    "\tjmp\t_ITM_addUserCommitAction@PLT\n"
	    "1:\n",
	    committed);
	sck_emit_return();
	sck_function_end(symbol);

	sck_function_start(committed, symbol);
	sck_put_endbr();
	OUT("\txorl\t%%edi, %%edi\n"
	    "\torq\t$-1, %%rsi\n");
	put_runtime_store();
	sck_function_end(committed);
}

/*
 * The variables of this unit that hold keys. Each entry is linked to the section of its
 * variable, and goes where that goes.
 */
static void put_object(tree var)
{
	tree group = DECL_COMDAT_GROUP(var);
	const char *name = IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(var));

	OUT("\t.section\t" STATIC_CALL_KEY_OBJECTS_SECTION ",\"aw%s%s\",@progbits",
	    DECL_COMMON(var) ? "" : "o", group ? "G" : "");
	if (!DECL_COMMON(var)) {
		OUT(",");
		assemble_name(sck_out, name);
	}
	if (group)
		OUT(",%s,comdat", IDENTIFIER_POINTER(group));
	OUT("\n\t.balign\t8\n\t.quad\t");
	assemble_name(sck_out, name);
	OUT(", %ld\n", (long)MAX(sck_object_size(var), 0));
}

static bool holds_keys(varpool_node *node)
{
	return !node->alias && TREE_ASM_WRITTEN(node->decl) &&
	       sck_var_has_key(node->decl, 0, HOST_WIDE_INT_MAX);
}

static unsigned int object_count(void)
{
	varpool_node *node;
	unsigned int n = 0;

	/* In the kernel, keys whose calls are in no module yet are of no interest. */
	if (sck_have_keys() && ix86_cmodel != CM_KERNEL)
		FOR_EACH_DEFINED_VARIABLE(node)
			n += holds_keys(node);
	return n;
}

static void put_objects(const struct sck_key *)
{
	varpool_node *node;

	FOR_EACH_DEFINED_VARIABLE(node)
		if (holds_keys(node))
			put_object(node->decl);
}

static void put_return_zero(const struct sck_key *)
{
	static const char symbol[] = "static_call_key_return_zero";

	sck_function_start(symbol, symbol);
	sck_put_endbr();
	OUT("\txorl\t%%eax, %%eax\n"
	    "\txorl\t%%edx, %%edx\n");
	sck_emit_return();
	sck_function_end(symbol);
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
	/* The kernel links no archives, and loads no common symbols. */
	if (ix86_cmodel != CM_KERNEL)
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

	sck_out = open_memstream(&text, &length);
	put_unit_part(symbol, put, key);
	fclose(sck_out);
	symtab->finalize_toplevel_asm(build_string(length, text));
	free(text);
}

/* Does the unit call functions of the runtime? It wants it then, be it without sites. */
static bool calls_runtime(void)
{
	static const char prefix[] = "static_call_key_rt_";
	struct ipa_ref *ref;
	cgraph_node *node;

	FOR_EACH_FUNCTION(node)
		if (DECL_EXTERNAL(node->decl) && DECL_ASSEMBLER_NAME_SET_P(node->decl) &&
		    !strncmp(sck_bare_name(node->decl), prefix, strlen(prefix)) &&
		    (TREE_SYMBOL_REFERENCED(DECL_ASSEMBLER_NAME(node->decl)) || node->callers ||
		     node->iterate_referring(0, ref)))
			return true;
	return false;
}

static void lto_module(void)
{
	static bool done;

	if (!done)
		lto_part("static_call_key_module", put_module, NULL);
	done = true;
}

/* -flto: what a unit without sites wants nevertheless. */
void sck_emit_lto_start(void)
{
	varpool_node *node;
	bool wanted = calls_runtime();

	FOR_EACH_DEFINED_VARIABLE(node)
		wanted |= sck_have_keys() && sck_var_has_key(node->decl, 0, HOST_WIDE_INT_MAX);
	if (wanted)
		lto_module();
}

void sck_emit_lto_store(void)
{
	lto_module();
	lto_part(STATIC_CALL_KEY_STORE, put_store, NULL);
}

void sck_emit_lto_store_transaction(void)
{
	lto_module();
	lto_part(STATIC_CALL_KEY_STORE "_transaction", put_store_transaction, NULL);
}

void sck_emit_lto_return_zero(void)
{
	lto_part("static_call_key_return_zero", put_return_zero, NULL);
}

void sck_emit_lto_key(const struct sck_key *key)
{
	char *record = xasprintf("static_call_key_record%s", key->symbol);

	lto_module();
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
	if (sck_target_count())
		put_targets(NULL);
	if (object_count())
		put_objects(NULL);
	if (sites || sck_target_count() || sck_store_called() ||
	    sck_store_in_transactions() || object_count())
		put_module(NULL);
	if (sck_store_called())
		put_store(NULL);
	if (sck_store_in_transactions())
		put_store_transaction(NULL);
	if (sck_return_zero_used())
		put_return_zero(NULL);
}

/*
 * Functions with a clobber set are compiled at the link under -flto, and keep nothing
 * if that is done without the plugin: their unit refers to a symbol which only the
 * plugin defines.
 */
#define LINK_WITH_PLUGIN "static_call_clobbers_needs_fplugin_at_the_link_too"

static bool lto_guarded;

void sck_emit_lto_guard(void)
{
	char *text;

	if (lto_guarded)
		return;
	lto_guarded = true;
	text = xasprintf("\t.pushsection .data.rel.ro.static_call_key_guard,\"aw\",@progbits\n"
			 "\t.hidden\t" LINK_WITH_PLUGIN "\n"
			 "\t.quad\t" LINK_WITH_PLUGIN "\n"
			 "\t.popsection\n");
	symtab->finalize_toplevel_asm(build_string(strlen(text), text));
	free(text);
}

static void put_lto_guard(void)
{
	OUT("\t.weak\t" LINK_WITH_PLUGIN "\n"
	    "\t.hidden\t" LINK_WITH_PLUGIN "\n"
	    "\t.set\t" LINK_WITH_PLUGIN ", 0\n");
}

/* What the objects of a link-time optimization have left to its end. */
static void emit_lto_unit(void)
{
	sck_out = asm_out_file;
	if (in_lto_p || (flag_fat_lto_objects && lto_guarded))
		put_lto_guard();
	sck_collect_targets();
	if (!sck_target_count())
		return;
	put_unit_part(NULL, put_targets, NULL);
	put_unit_part("static_call_key_module", put_module, NULL);
}

void sck_emit_unit(void)
{
	bool any;
	unsigned int i;

	if (!asm_out_file || seen_error())
		return;
	if (flag_lto || in_lto_p) {
		emit_lto_unit();
		return;
	}
	sck_collect_targets();
	any = sck_store_called() || sck_store_in_transactions() || sck_return_zero_used() || sck_target_count() || object_count() ||
	      calls_runtime();
	for (i = 0; i < sck_key_count(); i++)
		any |= sck_key_nth(i)->used;
	if (!any)
		return;
	sck_out = asm_out_file;
	put_unit_part(NULL, put_unit, NULL);
}
