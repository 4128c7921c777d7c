/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * __attribute__((static_call_key_inline(fn, ...))): a tag that also names functions, which are
 * inlined where calls go through the key. On the declaration stays the list of their
 * declarations; likely.c reads it there.
 */
#include "gcc-compat.h"
#include "model/options.h"
#include "model/keys.h"
#include "model/likely.h"
#include "front/front.h"

/* The function that an argument of an attribute names, or NULL_TREE. */
tree sck_named_function(tree arg)
{
	if (!arg)
		return NULL_TREE;
	if (TREE_CODE(arg) == IDENTIFIER_NODE)
		arg = lookup_name(arg);
	if (!arg)
		return NULL_TREE;
	STRIP_ANY_LOCATION_WRAPPER(arg);
	STRIP_NOPS(arg);
	if (TREE_CODE(arg) == ADDR_EXPR)
		arg = TREE_OPERAND(arg, 0);
	return TREE_CODE(arg) == FUNCTION_DECL ? arg : NULL_TREE;
}

/*
 * In a template: does the type that the pointer points to depend on its parameters? An argument
 * that does not is looked at once, with the template, and not with each instance.
 */
static bool inline_type_depends(tree type)
{
	type = strip_array_types(type);
	return c_dialect_cxx() && uses_template_parms && sck_is_fnptr(type) &&
	       uses_template_parms(TREE_TYPE(type));
}

/*
 * In C++ the argument may also be a set of functions, of which the type that the pointer points
 * to chooses one: overloads, templates and their instances; or a static method. Where that type
 * is not known yet, there must be only one in the set: an instance that tells all its arguments.
 */
static tree inline_overloaded(tree type, tree arg)
{
	tree of, fn;

	if (!c_dialect_cxx() || !arg || !maybe_get_fns || !instantiate_type ||
	    !resolve_nondeduced_context)
		return NULL_TREE;
	if (TREE_CODE(arg) == IDENTIFIER_NODE)
		arg = lookup_name(arg);
	if (!arg)
		return NULL_TREE;
	of = TREE_TYPE(arg);
	if (of && TREE_CODE(of) != LANG_TYPE) {
		fn = maybe_get_fns(arg);
		return fn && TREE_CODE(fn) == FUNCTION_DECL ? fn : NULL_TREE;
	}
	type = strip_array_types(type);
	if (!sck_is_fnptr(type))
		return NULL_TREE;
	fn = inline_type_depends(type) ? resolve_nondeduced_context(arg, 0)
				       : instantiate_type(TYPE_MAIN_VARIANT(type), arg, 0);
	return fn == error_mark_node ? NULL_TREE : sck_named_function(fn);
}

/* NULL, of whichever kind. */
static bool inline_is_null(tree arg)
{
	STRIP_ANY_LOCATION_WRAPPER(arg);
	STRIP_NOPS(arg);
	return TREE_CODE(arg) == INTEGER_CST && integer_zerop(arg);
}

/*
 * May a pointer of this type point to fn, as far as the type tells? In C++ that is also true of
 * some functions of another type: those that do not throw.
 */
static bool inline_fits(tree type, tree fn)
{
	type = strip_array_types(type);
	return !sck_is_fnptr(type) || inline_type_depends(type) ||
	       lang_hooks.types_compatible_p(TREE_TYPE(type), TREE_TYPE(fn)) ||
	       types_compatible_p(TREE_TYPE(type), TREE_TYPE(fn));
}

/* The list of functions that the arguments name; error_mark_node, with an error, if one does not. */
static tree inline_functions(tree decl, tree args)
{
	location_t loc = DECL_SOURCE_LOCATION(decl);
	tree list = NULL_TREE, fn;

	for (; args; args = TREE_CHAIN(args)) {
		if (TREE_VALUE(args) == error_mark_node)
			return error_mark_node; /* an error was given */
		fn = sck_named_function(TREE_VALUE(args));
		if (!fn)
			fn = inline_overloaded(TREE_TYPE(decl), TREE_VALUE(args));
		if (!fn && TREE_VALUE(args) && inline_is_null(TREE_VALUE(args))) {
			list = tree_cons(NULL_TREE, null_pointer_node, list);
			continue;
		}
		if (!fn) {
			error_at(loc,
				 "the arguments of %<static_call_key_inline%> of %qD must be "
				 "functions of its type that are declared before",
				 decl);
			if (inline_type_depends(TREE_TYPE(decl)))
				inform(loc, "in a template its type does not choose among several: "
					    "give each its template arguments");
			return error_mark_node;
		}
		if (!inline_fits(TREE_TYPE(decl), fn)) {
			error_at(loc,
				 "%qD, which %<static_call_key_inline%> names, is not of the type "
				 "that %qD points to",
				 fn, decl);
			inform(DECL_SOURCE_LOCATION(fn), "%qD is declared here", fn);
			return error_mark_node;
		}
		TREE_USED(fn) = 1;
		if (c_dialect_cxx() && mark_used)
			mark_used(fn, 0); /* an instance of a template gets its body */
		list = tree_cons(NULL_TREE, fn, list);
	}
	return nreverse(list);
}

static tree handle_inline(tree *node, tree name, tree args, int flags, bool *no_add_attrs)
{
	tree decl = *node, tag = tree_cons(get_identifier(SCK_ATTRIBUTE), NULL_TREE, NULL_TREE);

	*no_add_attrs = true;
	if (sck_options.disable)
		return NULL_TREE;
	if (sck_tag_is_early(decl, flags))
		return tree_cons(name, args, NULL_TREE);
	if (!DECL_P(decl) || !sck_tag_of(decl))
		decl_attributes(node, tag, flags);
	if (!DECL_P(decl) || !sck_tag_of(decl))
		return NULL_TREE; /* an error was given, or keys are off */
	args = inline_functions(decl, args);
	if (args != error_mark_node)
		DECL_ATTRIBUTES(decl) = tree_cons(name, args, DECL_ATTRIBUTES(decl));
	return NULL_TREE;
}

static struct attribute_spec inline_spec = {
	SCK_INLINE, /* name */
	1,
	STATIC_CALL_KEY_GUARD_MAX, /* arguments */
	false,                     /* decl_required: types get a better message from us */
	false,
	false, /* type_required, function_type_required */
	false, /* affects_type_identity */
	handle_inline,
	NULL
};

void sck_register_inline(void)
{
	register_attribute(&inline_spec);
}
