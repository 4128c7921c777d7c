/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a unit gets. The passes say what they want while they work; at the end of the unit
 * what is still referred to is written, in the order of unit_put(). Under -flto there is
 * no such end: what is wanted is written at once, as top-level asm.
 *
 * The common symbol static_call_key_runtime_wanted makes GNU ld pull the runtime
 * out of libstatic_call.a, if that is on the link line: all references to the
 * runtime are weak, and weak references do not.
 */
#include "gcc-compat.h"
#include "static_call_abi.h"
#include "model/dynamic.h"
#include "model/keys.h"
#include "model/decl.h"
#include "model/calls.h"
#include "model/sets.h"
#include "emit/dynamic.h"
#include "emit/emit.h"
#include "emit/text.h"
#include "emit/tables.h"

/* Has GCC written a function that does not look at the stack limit, and said so? */
static bool unit_said_no_split_stack(void)
{
	cgraph_node *node;

	FOR_EACH_DEFINED_FUNCTION(node)
		if (TREE_ASM_WRITTEN(node->decl) &&
		    lookup_attribute("no_split_stack", DECL_ATTRIBUTES(node->decl)))
			return true;
	return false;
}

/*
 * Ours do not look at it either; gold wants to know. Once in a file: the assembler warns of
 * another mention of this section, whatever it is like.
 */
static void unit_put_no_split_stack(void)
{
	if (!flag_split_stack || unit_said_no_split_stack())
		return;
	OUT("\t.ifndef\t.Lstatic_call_key_no_split_stack\n");
	OUT("\t.set\t.Lstatic_call_key_no_split_stack, 0\n");
	OUT("\t.section\t.note.GNU-no-split-stack,\"\",@progbits\n");
	OUT("\t.endif\n");
}

/*
 * AT&T syntax and the section as they were, around what put writes. Units that
 * link-time optimization joins share one assembly file: only the first of them
 * may define symbol.
 */
static void unit_put_part(const char *symbol, void (*put)(const struct sck_key *),
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
	unit_put_no_split_stack();
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
static void unit_lto_part(const char *symbol, void (*put)(const struct sck_key *),
			  const struct sck_key *key)
{
	size_t length;
	char *text;

	sck_out = open_memstream(&text, &length);
	unit_put_part(symbol, put, key);
	fclose(sck_out);
	symtab->finalize_toplevel_asm(build_string(length, text));
	free(text);
}

/* Does the unit call functions of the runtime? It wants it then, be it without sites. */
static bool unit_calls_runtime(void)
{
	struct ipa_ref *ref;
	cgraph_node *node;

	FOR_EACH_FUNCTION(node)
		if (DECL_EXTERNAL(node->decl) && DECL_ASSEMBLER_NAME_SET_P(node->decl) &&
		    sck_api_is(node->decl, SCK_API_RUNTIME) &&
		    (sck_is_referenced(node->decl) || node->callers ||
		     node->iterate_referring(0, ref)))
			return true;
	return false;
}

/* -flto: the descriptor, for a unit that wants it; once. */
static void unit_lto_module(void)
{
	static bool done;

	if (!done)
		unit_lto_part(STATIC_CALL_KEY_MODULE, sck_put_module, NULL);
	done = true;
}

/* The parts that passes may want, and whether they only work in a registered module. */
static const struct part {
	const char *symbol;
	void (*put)(const struct sck_key *);
	bool registered;
} parts[SCK_PARTS] = {
	{ STATIC_CALL_KEY_STORE, sck_put_store, true },
	{ STATIC_CALL_KEY_STORE_FILL "memset", sck_put_store_memset, true },
	{ STATIC_CALL_KEY_STORE_FILL "memcpy", sck_put_store_memcpy, true },
	{ STATIC_CALL_KEY_STORE_FILL "memmove", sck_put_store_memmove, true },
	{ STATIC_CALL_KEY_STORE_TRANSACTION, sck_put_store_transaction, true },
	{ STATIC_CALL_KEY_RETURN_ZERO, sck_put_return_zero, false },
};

/* What was wanted of each part: always, or if one of these declarations is referred to. */
static struct wish {
	bool any, always;
	vec<tree> decls;
} wishes[SCK_PARTS];

/*
 * This unit wants the part, if it still refers to decl when it is written; NULL_TREE: in
 * any case. A link wants nothing that its units did not.
 */
void sck_want_part(enum sck_part part, tree decl)
{
	struct wish *wish = &wishes[part];
	bool first = !wish->any;

	if (in_lto_p)
		return;
	wish->any = true;
	if (decl)
		wish->decls.safe_push(decl);
	else
		wish->always = true;
	if (!flag_lto || !first)
		return;
	if (parts[part].registered)
		unit_lto_module();
	unit_lto_part(parts[part].symbol, parts[part].put, NULL);
}

/* A table of the module got an entry that no key of the unit stands for. */
static bool module_wanted;

void sck_want_module(void)
{
	module_wanted = true;
}

/* At the end of the unit. */
static bool unit_part_wanted(unsigned int part)
{
	const struct wish *wish = &wishes[part];
	unsigned int i;
	tree decl;

	FOR_EACH_VEC_ELT(wish->decls, i, decl)
		if (sck_is_referenced(decl))
			return true;
	return wish->always;
}

/* Calls were made to go through the key. What its sites need of it is written at the end. */
void sck_want_key(struct sck_key *key)
{
	char *record;

	if (!flag_lto || key->wanted)
		return;
	key->wanted = true;
	unit_lto_module();
	record = sck_record_symbol(key);
	unit_lto_part(record, sck_put_key, key);
	free(record);
}

/*
 * Functions with a clobber set are compiled at the link under -flto, and keep nothing
 * if that is done without the plugin: their unit refers to a symbol which only the
 * plugin defines.
 */
#define LINK_WITH_PLUGIN "static_call_clobbers_needs_fplugin_at_the_link_too"

static bool lto_guarded;

/* -flto: a function of this unit is defined with a set. */
void sck_want_plugin_at_link(void)
{
	char *text;

	if (!flag_lto || lto_guarded)
		return;
	lto_guarded = true;
	text = xasprintf("\t.pushsection .data.rel.ro.static_call_key_guard,\"aw\",@progbits\n"
			 "\t.hidden\t" LINK_WITH_PLUGIN "\n"
			 "\t.quad\t" LINK_WITH_PLUGIN "\n"
			 "\t.popsection\n");
	symtab->finalize_toplevel_asm(build_string(strlen(text), text));
	free(text);
}

static void unit_put_lto_guard(void)
{
	OUT("\t.weak\t" LINK_WITH_PLUGIN "\n"
	    "\t.hidden\t" LINK_WITH_PLUGIN "\n"
	    "\t.set\t" LINK_WITH_PLUGIN ", 0\n");
}

/* Called before the first pass, under -flto: what a unit without sites wants nevertheless. */
void sck_emit_start(void)
{
	varpool_node *node;
	/* Calls become dynamic at the link, too late to ask for the runtime. */
	bool wanted = sck_unit_may_be_dynamic() || unit_calls_runtime() || sck_have_offers();

	FOR_EACH_DEFINED_VARIABLE(node)
		wanted |= sck_have_keys() && sck_var_has_key(node->decl, 0, HOST_WIDE_INT_MAX);
	if (wanted)
		unit_lto_module();
}

/* What the objects of a link-time optimization have left to its end. */
static void unit_emit_lto(void)
{
	sck_out = asm_out_file;
	if (in_lto_p || (flag_fat_lto_objects && lto_guarded))
		unit_put_lto_guard();
	sck_collect_targets();
	if (sck_target_count())
		unit_put_part(NULL, sck_put_targets, NULL);
	if (sck_have_dynamic())
		unit_put_part(NULL, sck_put_states, NULL);
	if (sck_target_count() || module_wanted || sck_have_dynamic())
		unit_put_part(STATIC_CALL_KEY_MODULE, sck_put_module, NULL);
}

/* What there is to write: keys that are still called, and sites of them. */
static void unit_count_keys(unsigned int *used, unsigned int *sites)
{
	unsigned int i;

	*used = *sites = 0;
	for (i = 0; i < sck_key_count(); i++) {
		*used += sck_key_nth(i)->used;
		*sites += sck_key_nth(i)->sites;
	}
}

static void unit_put(const struct sck_key *)
{
	bool objects = sck_have_objects(), registered;
	unsigned int i, used, sites;

	unit_count_keys(&used, &sites);
	for (i = 0; i < sck_key_count(); i++)
		if (sck_key_nth(i)->used)
			sck_put_key(sck_key_nth(i));
	if (sck_target_count())
		sck_put_targets(NULL);
	if (objects)
		sck_put_objects(NULL);
	if (sck_have_dynamic())
		sck_put_states(NULL);
	registered = sites || sck_target_count() || objects || sck_have_offers() || module_wanted ||
		     sck_have_dynamic();
	for (i = 0; i < SCK_PARTS; i++)
		registered |= parts[i].registered && unit_part_wanted(i);
	if (registered)
		sck_put_module(NULL);
	for (i = 0; i < SCK_PARTS; i++)
		if (unit_part_wanted(i))
			parts[i].put(NULL);
}

/* The end of the unit, behind all that GCC writes. */
void sck_emit_unit(void)
{
	unsigned int i, used, sites;
	bool any;

	if (!asm_out_file || seen_error())
		return;
	if (flag_lto || in_lto_p) {
		unit_emit_lto();
		return;
	}
	sck_collect_targets();
	unit_count_keys(&used, &sites);
	any = used || sck_target_count() || sck_have_objects() || sck_have_offers() ||
	      module_wanted || sck_have_dynamic() || unit_calls_runtime();
	for (i = 0; i < SCK_PARTS; i++)
		any |= unit_part_wanted(i);
	if (!any)
		return;
	sck_out = asm_out_file;
	unit_put_part(NULL, unit_put, NULL);
}
