/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names as the assembler and people have them, declarations of what the plugin writes, and
 * how to know a trampoline again: also at the link, where declarations come from other
 * compilations.
 */
#include "gcc-compat.h"
#include "model/options.h"
#include "model/decl.h"

static tree kept; /* TREE_LIST of declarations, kept from the collector */

/* The assembler name, without what only GCC sees in it. */
const char *sck_bare_name(tree decl)
{
	return targetm.strip_name_encoding(IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(decl)));
}

/*
 * What a type is called; for typedef struct { ... } ops, where C gives the name to a variant of
 * the type only, that of its first typedef: new variants are put in front.
 */
static tree decl_type_name(tree type)
{
	tree name = TYPE_NAME(TYPE_MAIN_VARIANT(type)), variant;

	if (name)
		return name;
	for (variant = TYPE_MAIN_VARIANT(type); variant; variant = TYPE_NEXT_VARIANT(variant))
		if (TYPE_NAME(variant))
			name = TYPE_NAME(variant);
	return name;
}

/* "space::type"; NULL if it has no name. To be freed. */
char *sck_type_name(tree type)
{
	tree name = decl_type_name(type), scope;
	char *text;

	if (name && TREE_CODE(name) == TYPE_DECL)
		name = DECL_NAME(name);
	if (!name)
		return NULL;
	text = xstrdup(IDENTIFIER_POINTER(name));
	for (scope = TYPE_CONTEXT(type); scope && TREE_CODE(scope) != TRANSLATION_UNIT_DECL;) {
		bool is_type = TYPE_P(scope);

		name = is_type ? TYPE_IDENTIFIER(scope) : DECL_P(scope) ? DECL_NAME(scope) : NULL;
		if (name)
			text = reconcat(text, IDENTIFIER_POINTER(name), "::", text, NULL);
		scope = is_type ? TYPE_CONTEXT(scope) : DECL_P(scope) ? DECL_CONTEXT(scope) : NULL;
	}
	return text;
}

/* "type::member", for people. To be freed. */
char *sck_member_name(tree field)
{
	tree type = DECL_CONTEXT(field);
	char *name = type && TYPE_P(type) ? sck_type_name(type) : NULL;

	if (!name)
		name = xstrdup("(unnamed)");
	return reconcat(name, name,
			"::", DECL_NAME(field) ? IDENTIFIER_POINTER(DECL_NAME(field)) : "(unnamed)",
			NULL);
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

/* The trampoline of the key whose symbols end in this; to be freed. */
char *sck_trampoline_name(const char *symbol)
{
	return xasprintf("%s" SCK_TRAMPOLINE "%s",
			 sck_options.kernel_module ? SCK_KERNEL_TRAMPOLINE : "", symbol);
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
	if (sck_options.kernel_module &&
	    !strncmp(name, SCK_KERNEL_TRAMPOLINE, strlen(SCK_KERNEL_TRAMPOLINE)))
		name += strlen(SCK_KERNEL_TRAMPOLINE);
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

/* The variable is a root of the collector. Precompiled headers do not save it. */
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
