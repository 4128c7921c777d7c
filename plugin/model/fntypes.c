/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The types of functions that keys of this unit may hold, as far as the unit shows. */
#include "gcc-compat.h"
#include "model/keys.h"

static auto_vec<tree> *fntypes; /* kept by the tags that they were found by */
static hash_set<tree> *looked;  /* at these types */
static bool any_type;           /* a tag does not tell: of a template */

static void fntypes_of(tree type)
{
	tree field;

	type = TYPE_MAIN_VARIANT(strip_array_types(type));
	if (sck_dependent_type(type))
		any_type = true;
	else if (sck_is_fnptr(type))
		fntypes->safe_push(TREE_TYPE(type));
	else if (RECORD_OR_UNION_TYPE_P(type) && !looked->add(type))
		for (field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field))
			if (TREE_CODE(field) == FIELD_DECL)
				fntypes_of(TREE_TYPE(field));
}

static void fntypes_of_tag(tree decl)
{
	fntypes_of(TREE_TYPE(decl));
}

static bool fntype_types_match(tree a, tree b)
{
	return lang_hooks.types_compatible_p(TYPE_MAIN_VARIANT(a), TYPE_MAIN_VARIANT(b));
}

/* Without attributes, which a cast adds; a type without a prototype may be any. */
static bool fntypes_match(tree a, tree b)
{
	tree x = TYPE_ARG_TYPES(a), y = TYPE_ARG_TYPES(b);

	if (TREE_CODE(a) != TREE_CODE(b) || !fntype_types_match(TREE_TYPE(a), TREE_TYPE(b)))
		return false;
	if (!prototype_p(a) || !prototype_p(b))
		return true;
	for (; x && y; x = TREE_CHAIN(x), y = TREE_CHAIN(y))
		if (!fntype_types_match(TREE_VALUE(x), TREE_VALUE(y)))
			return false;
	return !x && !y;
}

/*
 * Is this the type of what a key may hold whose tag is seen here? At the end of the unit; with
 * -flto, and of tags that were imported, nobody can tell.
 */
bool sck_fntype_may_be_held(tree fntype)
{
	unsigned int i;
	tree type;

	if (flag_lto || in_lto_p || sck_have_imported())
		return true;
	if (!fntypes) {
		fntypes = new auto_vec<tree>;
		looked = new hash_set<tree>;
		sck_for_each_tag(fntypes_of_tag);
	}
	if (any_type)
		return true;
	FOR_EACH_VEC_ELT(*fntypes, i, type)
		if (fntypes_match(type, fntype))
			return true;
	return false;
}
