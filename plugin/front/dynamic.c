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

/* ---- tags that contradict each other ---- */

/* A copy of the list without the attributes of this name, but for one that stays. */
static tree dynamic_without(tree attributes, const char *name, tree kept)
{
	tree copy = NULL_TREE;

	for (; attributes; attributes = TREE_CHAIN(attributes))
		if (attributes == kept || !is_attribute_p(name, get_attribute_name(attributes)))
			copy = tree_cons(TREE_PURPOSE(attributes), TREE_VALUE(attributes), copy);
	return nreverse(copy);
}

static const char *dynamic_name(tree attribute)
{
	tree args = TREE_VALUE(attribute);

	return args ? TREE_STRING_POINTER(TREE_VALUE(args)) : NULL;
}

/* The one that counts of several, with and without names: the last in the list, as it came first. */
static tree dynamic_one(tree decl, tree attributes)
{
	tree attribute = lookup_attribute(SCK_DYNAMIC, attributes), kept = NULL_TREE;

	for (; attribute; attribute = lookup_attribute(SCK_DYNAMIC, TREE_CHAIN(attribute))) {
		if (kept && !dynamic_name(attribute))
			continue;
		if (kept && dynamic_name(kept) &&
		    strcmp(dynamic_name(kept), dynamic_name(attribute)))
			warning_at(DECL_SOURCE_LOCATION(decl), OPT_Wattributes,
				   "calls through %qD are to learn as %qs and as %qs: they do "
				   "as the former, drop one of the names",
				   decl, dynamic_name(attribute), dynamic_name(kept));
		kept = attribute;
	}
	return kept;
}

/* What is left of the attributes when each that another one contradicts is dropped, and told of. */
static tree dynamic_settle(tree decl, tree attributes)
{
	location_t loc = DECL_SOURCE_LOCATION(decl);
	tree never = lookup_attribute(SCK_NEVER, attributes);
	tree dynamic = lookup_attribute(SCK_DYNAMIC, attributes);

	if (!never && !dynamic)
		return attributes;
	/* A member may be part of a key in one object, and of none in another. */
	if (VAR_P(decl) && lookup_attribute(SCK_ATTRIBUTE, attributes)) {
		warning_at(loc, OPT_Wattributes,
			   "%qD is a key, its calls are direct: %qs does nothing for it, drop one "
			   "of the tags",
			   decl, never ? SCK_NEVER : SCK_DYNAMIC);
		return dynamic_without(dynamic_without(attributes, SCK_NEVER, NULL_TREE),
				       SCK_DYNAMIC, NULL_TREE);
	}
	if (!dynamic)
		return attributes;
	if (never) {
		warning_at(loc, OPT_Wattributes,
			   "%qD is tagged %qs and %qs: calls through it stay as they are, drop "
			   "one of the tags",
			   decl, SCK_DYNAMIC, SCK_NEVER);
		return dynamic_without(attributes, SCK_DYNAMIC, NULL_TREE);
	}
	dynamic = dynamic_one(decl, attributes);
	if (dynamic == lookup_attribute(SCK_DYNAMIC, attributes) &&
	    !lookup_attribute(SCK_DYNAMIC, TREE_CHAIN(dynamic)))
		return attributes;
	return dynamic_without(attributes, SCK_DYNAMIC, dynamic);
}

/* A variable has been declared, perhaps once more: it has the tags of all its declarations. */
void sck_settle_dynamic(tree decl)
{
	DECL_ATTRIBUTES(decl) = dynamic_settle(decl, DECL_ATTRIBUTES(decl));
}

static tree handle_dynamic(tree *node, tree name, tree args, int flags, bool *no_add_attrs)
{
	location_t loc = DECL_P(*node) ? DECL_SOURCE_LOCATION(*node) : input_location;
	bool never = !strcmp(IDENTIFIER_POINTER(name), SCK_NEVER);
	const char *complaint;
	tree all, left;

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
	all = tree_cons(name, args, DECL_ATTRIBUTES(*node));
	left = dynamic_settle(*node, all);
	if (left == all)
		*no_add_attrs = false;
	else
		DECL_ATTRIBUTES(*node) = left;
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
