/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The forgotten tag, for what no symbol tells (see seen.c): a member that is tagged in one
 * copy of a header and not in another, where stores go through pointers. With
 * report=FILE each unit says what is tagged in it, and where it stores pointers to function to
 * what is not; static_call-check --report FILE compares what all units said. A place is a
 * variable that others can name, or a member: its type's name, its own, and its offset in a
 * type of that size, as units may have different types of one name.
 */
#include "gcc-compat.h"
#include "sck.h"

/*
 * What a type is called; for typedef struct { ... } ops, where C gives the name to a variant of
 * the type only, that of its first typedef: new variants are put in front.
 */
static tree name_of(tree type)
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
	tree name = name_of(type), scope;
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

static void report_member(const char *event, location_t loc, tree fn, tree field)
{
	tree type = DECL_CONTEXT(field);
	HOST_WIDE_INT offset;
	char *name;

	if (!type || !TYPE_P(type) || !name_of(type) || !DECL_NAME(field) ||
	    !sck_field_offset(field, &offset))
		return;
	name = sck_member_name(field);
	sck_report_place(event, loc, fn, name, offset, sck_type_size(type));
	free(name);
}

/* All members of the type that hold pointers to function. */
static void report_members(const char *event, location_t loc, tree fn, tree type, bool untagged)
{
	tree field, inner;

	for (field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
		if (TREE_CODE(field) != FIELD_DECL || TREE_TYPE(field) == error_mark_node ||
		    (untagged && sck_field_keyed(field)))
			continue;
		inner = strip_array_types(TREE_TYPE(field));
		if (sck_is_fnptr(inner))
			report_member(event, loc, fn, field);
		else if (RECORD_OR_UNION_TYPE_P(inner))
			report_members(event, loc, fn, inner, untagged);
	}
}

/* A declaration with a tag: it, and what the tag covers. */
void sck_report_tag(tree decl)
{
	location_t loc = DECL_SOURCE_LOCATION(decl);
	tree type = strip_array_types(TREE_TYPE(decl));
	char *name;

	name = VAR_P(decl) ? xstrdup(lang_hooks.decl_printable_name(decl, 1))
			   : sck_member_name(decl);
	sck_report_key(loc, name, VAR_P(decl) && TREE_PUBLIC(decl) ? sck_bare_name(decl) : NULL);
	free(name);
	if (VAR_P(decl) && TREE_PUBLIC(decl))
		sck_report_place("tag", loc, NULL_TREE, sck_bare_name(decl), 0, 0);
	if (TREE_CODE(decl) == FIELD_DECL)
		report_member("tag", loc, NULL_TREE, decl);
	if (RECORD_OR_UNION_TYPE_P(type))
		report_members("tag", loc, NULL_TREE, type, false);
}

/* A store of pointers to function to what has no tag here, and might have one elsewhere. */
void sck_report_untagged(gimple *stmt)
{
	tree lhs = gimple_get_lhs(stmt), base, type, ref;
	location_t loc = gimple_location(stmt);
	struct sck_ref key;

	if (!lhs || !gimple_store_p(stmt) || gimple_clobber_p(stmt))
		return;
	type = strip_array_types(TREE_TYPE(lhs));
	base = get_base_address(lhs);
	if (!base || (!sck_is_fnptr(type) && !RECORD_OR_UNION_TYPE_P(type)) ||
	    (DECL_P(base) && !is_global_var(base)))
		return;
	sck_classify_ref(lhs, &key, NULL_TREE);
	free(key.path);
	if (key.reason != SCK_UNTAGGED)
		return;
	if (VAR_P(base) && TREE_PUBLIC(base) && !sck_tag_of(base) &&
	    (sck_is_fnptr(type) || sck_holds_fnptr(type)))
		sck_report_place("untagged-store", loc, current_function_decl, sck_bare_name(base),
				 0, 0);
	if (RECORD_OR_UNION_TYPE_P(type)) {
		report_members("untagged-store", loc, current_function_decl, type, true);
		return;
	}
	for (ref = lhs; handled_component_p(ref); ref = TREE_OPERAND(ref, 0))
		if (TREE_CODE(ref) == COMPONENT_REF) {
			if (!sck_field_keyed(TREE_OPERAND(ref, 1)))
				report_member("untagged-store", loc, current_function_decl,
					      TREE_OPERAND(ref, 1));
			return;
		}
}
