/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * __attribute__((static_call_dynamic)), which may have the name of a state as its argument, and
 * __attribute__((static_call_never)): accepted on variables, members, parameters and typedefs of
 * pointers to function, and the latter on functions too. model/dynamic.c reads them where they are.
 */
#include "gcc-compat.h"
#include "model/options.h"
#include "model/dynamic.h"
#include "model/keys.h"
#include "front/front.h"

/* The complaint about a decl that calls cannot go through, or NULL: a format with %qE, %qD. */
static const char *dynamic_misuse(tree decl, bool never)
{
	tree type = TREE_TYPE(decl);

	switch (TREE_CODE(decl)) {
	case FUNCTION_DECL:
		return never ? NULL
			     : G_("%qE on the function %qD: tag the pointer that calls go through");
	case VAR_DECL:
	case PARM_DECL:
	case FIELD_DECL:
	case TYPE_DECL:
		break;
	default:
		return G_("%qE on %qD, which is no variable, member, parameter or type");
	}
	if (type == error_mark_node || sck_dependent_type(type))
		return NULL;
	if (TREE_CODE(type) == REFERENCE_TYPE)
		type = TREE_TYPE(type);
	type = strip_array_types(type);
	if (sck_is_fnptr(type) || sck_dependent_type(type))
		return NULL;
	return G_("%qE on %qD, which is not a pointer to function");
}

/*
 * The name of a state goes into a string of the assembler and into reports, which have a line for
 * it, and ends at a NUL.
 */
static bool dynamic_is_line(tree string)
{
	const char *c = TREE_STRING_POINTER(string);
	int i;

	for (i = 0; i < TREE_STRING_LENGTH(string) - 1; i++)
		if (ISCNTRL(c[i]) || !c[i])
			return false;
	return true;
}

static tree handle_dynamic(tree *node, tree name, tree args, int flags, bool *no_add_attrs)
{
	location_t loc = DECL_P(*node) ? DECL_SOURCE_LOCATION(*node) : input_location;
	bool never = !strcmp(IDENTIFIER_POINTER(name), SCK_NEVER);
	const char *complaint;

	*no_add_attrs = true;
	if (sck_options.disable)
		return NULL_TREE;
	if (!DECL_P(*node)) {
		if (sck_tag_is_early(*node, flags))
			return tree_cons(name, args, NULL_TREE);
		error_at(loc,
			 "%qE on a type that has no name: tag a %<typedef%>, a variable, a "
			 "member or a parameter",
			 name);
		return NULL_TREE;
	}
	if (!sck_machine_supported())
		return NULL_TREE;
	if (args && (!TREE_VALUE(args) || TREE_CODE(TREE_VALUE(args)) != STRING_CST ||
		     TREE_STRING_LENGTH(TREE_VALUE(args)) < 2)) {
		error_at(loc, "the argument of %qE is the name of a state, in quotes", name);
		return NULL_TREE;
	}
	if (args && !dynamic_is_line(TREE_VALUE(args))) {
		error_at(loc, "the name of a state, the argument of %qE, has a control character",
			 name);
		return NULL_TREE;
	}
	complaint = dynamic_misuse(*node, never);
	if (complaint) {
		error_at(loc, complaint, name, *node);
		return NULL_TREE;
	}
	sck_note_wish();
	*no_add_attrs = false;
	return NULL_TREE;
}

static struct attribute_spec dynamic_specs[] = {
	{ SCK_DYNAMIC, 0, 1, false, false, false, false, handle_dynamic, NULL },
	{ SCK_NEVER, 0, 0, false, false, false, false, handle_dynamic, NULL },
};

void sck_register_dynamic(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(dynamic_specs); i++)
		register_attribute(&dynamic_specs[i]);
}
