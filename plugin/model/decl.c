/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names as the assembler has them, declarations of what the plugin writes, and how to know
 * a trampoline again: also at the link, where declarations come from other compilations.
 */
#include "gcc-compat.h"
#include "model/decl.h"

static tree kept; /* TREE_LIST of declarations, kept from the collector */

/* The assembler name, without what only GCC sees in it. */
const char *sck_bare_name(tree decl)
{
	return targetm.strip_name_encoding(IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(decl)));
}

/* The plugin refers to the declaration from where the collector does not look. */
void sck_keep(tree decl)
{
	kept = tree_cons(NULL_TREE, decl, kept);
}

/* The declaration of a function that emit/ writes, which does not throw. */
tree sck_hidden_function(const char *symbol, tree fntype)
{
	tree decl = build_fn_decl(symbol, fntype);

	DECL_VISIBILITY(decl) = VISIBILITY_HIDDEN;
	DECL_VISIBILITY_SPECIFIED(decl) = 1;
	DECL_IGNORED_P(decl) = 1;
	sck_keep(decl);
	return decl;
}

/* Can decl be such a declaration, as far as it tells? Its name must tell the rest. */
bool sck_is_hidden_function(tree decl)
{
	return DECL_EXTERNAL(decl) && DECL_VISIBILITY(decl) == VISIBILITY_HIDDEN;
}

/*
 * If decl is a trampoline, what the names of its key's symbols end in, else NULL.
 * By its name, as the declaration may have come through link-time optimization.
 */
const char *sck_trampoline_symbol(tree decl)
{
	const char *name;

	if (TREE_CODE(decl) != FUNCTION_DECL || !sck_is_hidden_function(decl))
		return NULL;
	name = sck_bare_name(decl);
	return strncmp(name, SCK_TRAMPOLINE, strlen(SCK_TRAMPOLINE))
		       ? NULL
		       : name + strlen(SCK_TRAMPOLINE);
}

/* On the type of a trampoline with a clobber set; not a name that a source can have. */
#define MARK " static_call_key_trampoline"

/* A copy of the function type, that is known as that of a trampoline. */
tree sck_trampoline_mark(tree fntype)
{
	fntype = build_distinct_type_copy(fntype);
	TYPE_ATTRIBUTES(fntype) =
		tree_cons(get_identifier(MARK), NULL_TREE, TYPE_ATTRIBUTES(fntype));
	return fntype;
}

bool sck_trampoline_type(const_tree fntype)
{
	return lookup_attribute(MARK, TYPE_ATTRIBUTES(fntype)) != NULL_TREE;
}

/* At the end of the unit: does code that was written refer to it? */
bool sck_is_referenced(tree decl)
{
	return DECL_ASSEMBLER_NAME_SET_P(decl) && TREE_SYMBOL_REFERENCED(DECL_ASSEMBLER_NAME(decl));
}

/* The variable is a root of the collector and of precompiled headers. */
void sck_register_root(const char *plugin_name, tree *variable)
{
	struct ggc_root_tab *roots = XCNEWVEC(struct ggc_root_tab, 2); /* the second ends it */

	roots[0].base = variable;
	roots[0].nelt = 1;
	roots[0].stride = sizeof(*variable);
	roots[0].cb = &gt_ggc_mx_tree_node;
	roots[0].pchw = &gt_pch_nx_tree_node;
	register_callback(plugin_name, PLUGIN_REGISTER_GGC_ROOTS, NULL, roots);
}

void sck_decl_register_roots(const char *plugin_name)
{
	sck_register_root(plugin_name, &kept);
}
