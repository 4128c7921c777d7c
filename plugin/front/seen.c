/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The forgotten tag: one unit sees a tag on a variable, another includes a header
 * that lacks it. Stores of that other unit are not followed, and nothing in it can say
 * so: it was compiled as if there were no keys, and its object must not differ from one
 * that was compiled without the plugin. So the units that do see tags say what they saw,
 * and whoever uses a key without having said so has forgotten its tag:
 *
 *   in objects and linked files, each function that refers to a variable with keys and
 *   each such variable of the unit is named in STATIC_CALL_KEY_SEEN_SECTION, which is not
 *   loaded and holds nothing but strings; static_call-check compares it with the code;
 *
 *   under -flto the same names travel as an attribute of the function. At the link,
 *   where the declarations of one variable have become one, functions that refer to a
 *   key without it are warned of.
 */
#include "gcc-compat.h"
#include "static_call_abi.h"
#include "model/decl.h"
#include "model/keys.h"
#include "model/calls.h"
#include "front/front.h"

/* Does the variable hold a key? */
static bool seen_is_keyed(tree var)
{
	return sck_var_has_key(var, 0, HOST_WIDE_INT_MAX);
}

/*
 * "\tfile\tfunction\tvariable" of this unit: what the section will hold. The first tab
 * keeps linkers from taking one string for the end of another.
 */
static auto_vec<char *> *entries;
static hash_set<nofree_string_hash> *known;

static void seen_note(const char *function, const char *variable)
{
	const char *file = in_lto_p || !main_input_filename ? "" : lbasename(main_input_filename);
	char *entry = xasprintf("\t%s\t%s\t%s", file, function, variable);

	if (!known) {
		known = new hash_set<nofree_string_hash>;
		entries = new auto_vec<char *>;
	}
	if (known->add(entry))
		free(entry);
	else
		entries->safe_push(entry);
}

/* One string, as the assembler reads it. */
static void seen_put_entry(const char *entry)
{
	fputs("\t.string\t\"", asm_out_file);
	for (; *entry; entry++) {
		unsigned char c = *entry;

		if (c == '\t')
			fputs("\\t", asm_out_file);
		else if (c < 0x20 || c == '"' || c == '\\')
			fprintf(asm_out_file, "\\%03o", c);
		else
			putc(c, asm_out_file);
	}
	fputs("\"\n", asm_out_file);
}

/* At the end of the unit. Kernels link by scripts that know no such section. */
void sck_emit_seen(void)
{
	varpool_node *node;
	unsigned int i;
	char *entry;

	if (!asm_out_file || seen_error() || ix86_cmodel == CM_KERNEL ||
	    (flag_lto && !flag_fat_lto_objects && !in_lto_p) || (!sck_have_keys() && !entries))
		return;
	/* Also what data refers to, as in int (**where)(int) = &key. */
	FOR_EACH_VARIABLE(node)
		if (seen_is_keyed(node->decl))
			seen_note("", sck_bare_name(node->decl));
	/* A unit that only calls keys refers to none, but it says that it has seen tags. */
	if (sck_key_count())
		seen_note("", "");
	if (!entries)
		return;
	fprintf(asm_out_file,
		"\t.pushsection\t" STATIC_CALL_KEY_SEEN_SECTION ",\"MS\",@progbits,1\n");
	FOR_EACH_VEC_ELT(*entries, i, entry)
		seen_put_entry(entry);
	fprintf(asm_out_file, "\t.popsection\n");
}

namespace {

const pass_data seen_pass_data = {
	RTL_PASS,
	"static_call_seen", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	0,
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

class seen_pass : public rtl_opt_pass {
public:
	seen_pass(gcc::context *ctxt) : rtl_opt_pass(seen_pass_data, ctxt) {}
	bool gate(function *) { return in_lto_p || sck_have_keys(); }
	unsigned int execute(function *);
};

/* What the instructions of the function refer to, as they will be written. */
unsigned int seen_pass::execute(function *fn)
{
	const char *name = sck_bare_name(fn->decl);
	subrtx_iterator::array_type array;
	rtx_insn *insn;

	for (insn = get_insns(); insn; insn = NEXT_INSN(insn)) {
		if (!NONDEBUG_INSN_P(insn))
			continue;
		FOR_EACH_SUBRTX(iter, array, PATTERN(insn), ALL)
		{
			const_rtx x = *iter;
			tree decl = GET_CODE(x) == SYMBOL_REF ? SYMBOL_REF_DECL(x) : NULL_TREE;

			if (decl && VAR_P(decl) && seen_is_keyed(decl))
				seen_note(name, sck_bare_name(decl));
		}
	}
	return 0;
}

} /* namespace */

/* On a function under -flto: the keyed variables that it refers to, as strings. */
#define SEEN " static_call_key_seen"

/*
 * What the functions of this unit know. Called when the early passes are over, and just
 * before they are written for the link.
 */
static void seen_mark_functions(void)
{
	cgraph_node *node;
	ipa_ref *ref;
	unsigned int i;

	if (in_lto_p || !flag_lto || !sck_have_keys())
		return;
	FOR_EACH_DEFINED_FUNCTION(node) {
		tree names = NULL_TREE;

		for (i = 0; node->iterate_reference(i, ref); i++) {
			varpool_node *var = dyn_cast<varpool_node *>(ref->referred);
			const char *name;

			if (!var || !seen_is_keyed(var->decl))
				continue;
			name = sck_bare_name(var->decl);
			names = tree_cons(NULL_TREE, build_string(strlen(name) + 1, name), names);
		}
		if (names)
			DECL_ATTRIBUTES(node->decl) =
				tree_cons(get_identifier(SEEN), names, DECL_ATTRIBUTES(node->decl));
	}
}

static bool seen_is_marked(tree fn, const char *variable)
{
	tree attribute = lookup_attribute(SEEN, DECL_ATTRIBUTES(fn));

	return sck_tag_says(attribute, variable);
}

/* The link: does a function store to a key, or take its address, and know nothing of it? */
static void seen_compare_functions(void)
{
	cgraph_node *node;
	ipa_ref *ref;
	unsigned int i;

	FOR_EACH_DEFINED_FUNCTION(node) {
		varpool_node *told = NULL;

		for (i = 0; node->iterate_reference(i, ref); i++) {
			varpool_node *var = dyn_cast<varpool_node *>(ref->referred);
			location_t loc = DECL_SOURCE_LOCATION(node->decl);

			if (!var || var == told || ref->use == IPA_REF_LOAD ||
			    !seen_is_keyed(var->decl) ||
			    seen_is_marked(node->decl, sck_bare_name(var->decl)))
				continue;
			told = var;
			if (warning_at(loc, OPT_Wlto_type_mismatch,
				       "%qD uses the %<static_call_key%> %qD, but was compiled "
				       "where that has no tag: call sites do not follow its stores",
				       node->decl, var->decl))
				inform(DECL_SOURCE_LOCATION(var->decl), "the tag stands here");
		}
	}
}

namespace {

const pass_data compare_pass_data = {
	IPA_PASS,
	"static_call_tags", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	0,
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

class compare_pass : public ipa_opt_pass_d {
public:
	compare_pass(gcc::context *ctxt)
		: ipa_opt_pass_d(compare_pass_data, ctxt, seen_mark_functions, NULL, NULL, NULL,
				 NULL, NULL, 0, NULL, NULL)
	{}
	bool gate(function *) { return flag_lto || in_lto_p; }
	unsigned int execute(function *)
	{
		if (in_lto_p)
			seen_compare_functions();
		return 0;
	}
};

} /* namespace */

opt_pass *sck_make_seen_pass(void)
{
	return new seen_pass(g);
}

opt_pass *sck_make_compare_pass(void)
{
	return new compare_pass(g);
}
