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
#include "model/decl.h"
#include "model/keys.h"
#include "model/refs.h"
#include "model/report.h"
#include "front/front.h"

static void place_report_member(const char *event, location_t loc, tree fn, tree field)
{
	tree type = DECL_CONTEXT(field);
	HOST_WIDE_INT offset;
	char *name;

	if (!type || !TYPE_P(type) || !DECL_NAME(field) || !sck_field_offset(field, &offset))
		return;
	name = sck_type_name(type);
	if (!name)
		return;
	name = reconcat(name, name, "::", IDENTIFIER_POINTER(DECL_NAME(field)), NULL);
	sck_report_place(event, loc, fn, name, offset, sck_type_size(type));
	free(name);
}

/* All members of the type that hold pointers to function. */
static void place_report_members(const char *event, location_t loc, tree fn, tree type,
				 bool untagged)
{
	tree field, inner;

	for (field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
		if (TREE_CODE(field) != FIELD_DECL || TREE_TYPE(field) == error_mark_node ||
		    (untagged && sck_field_keyed(field)))
			continue;
		inner = strip_array_types(TREE_TYPE(field));
		if (sck_is_fnptr(inner))
			place_report_member(event, loc, fn, field);
		else if (RECORD_OR_UNION_TYPE_P(inner))
			place_report_members(event, loc, fn, inner, untagged);
	}
}

/* A declaration with a tag: it, and what the tag covers. */
static void place_report_tag(tree decl)
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
		place_report_member("tag", loc, NULL_TREE, decl);
	if (RECORD_OR_UNION_TYPE_P(type))
		place_report_members("tag", loc, NULL_TREE, type, false);
}

/* At the end of the unit. */
void sck_report_tags(void)
{
	sck_for_each_tag(place_report_tag);
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
		place_report_members("untagged-store", loc, current_function_decl, type, true);
		return;
	}
	for (ref = lhs; handled_component_p(ref); ref = TREE_OPERAND(ref, 0))
		if (TREE_CODE(ref) == COMPONENT_REF) {
			if (!sck_field_keyed(TREE_OPERAND(ref, 1)))
				place_report_member("untagged-store", loc, current_function_decl,
						    TREE_OPERAND(ref, 1));
			return;
		}
}
