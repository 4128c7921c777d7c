/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is a key: a pointer to function inside an object with static storage,
 * where a tag covers it. A tag covers what it stands on and everything inside:
 * a pointer, or all pointers of a struct or array.
 */
#include "gcc-compat.h"
#include "model/decl.h"
#include "model/keys.h"

bool sck_is_fnptr(const_tree type)
{
	return TREE_CODE(type) == POINTER_TYPE && TREE_CODE(TREE_TYPE(type)) == FUNCTION_TYPE;
}

/* A type of the C++ front end whose layout depends on template arguments. */
bool sck_dependent_type(const_tree type)
{
	type = strip_array_types(const_cast<tree>(type));
	while (POINTER_TYPE_P(type) || TREE_CODE(type) == FUNCTION_TYPE)
		type = TREE_TYPE(type);
	return !type || TREE_CODE(type) >= LAST_AND_UNUSED_TREE_CODE ||
	       TREE_CODE(type) == LANG_TYPE;
}

/* Does the type hold a pointer to function, at any depth? */
bool sck_holds_fnptr(const_tree type)
{
	tree field;

	if (sck_is_fnptr(type))
		return true;
	if (TREE_CODE(type) == ARRAY_TYPE)
		return sck_holds_fnptr(TREE_TYPE(type));
	if (!RECORD_OR_UNION_TYPE_P(type))
		return false;
	for (field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field))
		if (TREE_CODE(field) == FIELD_DECL && TREE_TYPE(field) != error_mark_node &&
		    (sck_dependent_type(TREE_TYPE(field)) || sck_holds_fnptr(TREE_TYPE(field))))
			return true;
	return false;
}

bool sck_static_var(const_tree var)
{
	return VAR_P(var) && (TREE_STATIC(var) || DECL_EXTERNAL(var)) &&
	       !DECL_THREAD_LOCAL_P(var) && !DECL_HARD_REGISTER(var);
}

tree sck_tag_of(const_tree decl)
{
	return lookup_attribute(SCK_ATTRIBUTE, DECL_ATTRIBUTES(decl));
}

/* Does a tag have this argument? A NULL tag has none. */
bool sck_tag_says(tree tag, const char *word)
{
	tree arg;

	for (arg = tag ? TREE_VALUE(tag) : NULL_TREE; arg; arg = TREE_CHAIN(arg))
		if (!strcmp(TREE_STRING_POINTER(TREE_VALUE(arg)), word))
			return true;
	return false;
}

/* Is this function one of static_call.h that does such a thing? */
bool sck_api_is(const_tree decl, const char *what)
{
	return sck_tag_says(lookup_attribute(SCK_API, DECL_ATTRIBUTES(decl)), what);
}

/* What was tagged, kept from the collector; and what follows from it. */
static tree tagged;                  /* TREE_LIST of FIELD_DECL and types of variables */
static tree declared;                /* TREE_LIST of VAR_DECL with tags */
static bool marked;                  /* the first of them is not of a precompiled header */
static bool imported;                /* tags were met that are in no list: see imports.c */
static hash_set<tree> *keyed_fields; /* members that a tag on what they lie in covers */
static hash_set<tree> *keyed_seen;   /* the types whose members are in there */

/*
 * Of a variable only the type is kept: a front end that merges a declaration with an
 * earlier one frees it.
 */
void sck_note_tagged(tree decl)
{
	if (!tagged && !maybe_get_identifier(SCK_MARK_TAGGED))
		marked = true;
	tagged = tree_cons(NULL_TREE, VAR_P(decl) ? TREE_TYPE(decl) : decl, tagged);
	get_identifier(SCK_MARK_TAGGED);
}

/* The identifier that says so is there: did a precompiled header bring it? */
bool sck_tags_precompiled(void)
{
	return maybe_get_identifier(SCK_MARK_TAGGED) && !marked;
}

/* A variable, as it is when its declaration is finished. */
void sck_note_declared(tree var)
{
	declared = tree_cons(NULL_TREE, var, declared);
}

/* Is anything tagged in this unit, or in what it imports? */
bool sck_have_keys(void)
{
	return tagged != NULL_TREE || imported;
}

/* Tags that are in no list. */
bool sck_have_imported(void)
{
	return imported;
}

void sck_note_imported(void)
{
	imported = true;
}

/* Call fn for each tag of the unit, once. */
void sck_for_each_tag(void (*fn)(tree decl))
{
	hash_set<tree> told;
	tree list;

	for (list = tagged; list; list = TREE_CHAIN(list))
		if (TREE_CODE(TREE_VALUE(list)) == FIELD_DECL && sck_tag_of(TREE_VALUE(list)))
			fn(TREE_VALUE(list));
	for (list = declared; list; list = TREE_CHAIN(list))
		if (!told.add(TREE_VALUE(list)))
			fn(TREE_VALUE(list));
}

/* The declaration that a tag was met on, or NULL_TREE: instances of templates bring theirs. */
tree sck_tagged_decl(tree tag)
{
	tree list;

	for (list = tagged; list; list = TREE_CHAIN(list))
		if (TREE_CODE(TREE_VALUE(list)) == FIELD_DECL &&
		    sck_tag_of(TREE_VALUE(list)) == tag)
			return TREE_VALUE(list);
	for (list = declared; list; list = TREE_CHAIN(list))
		if (sck_tag_of(TREE_VALUE(list)) == tag)
			return TREE_VALUE(list);
	return NULL_TREE;
}

void sck_keys_register_roots(const char *plugin_name)
{
	sck_register_root(plugin_name, &tagged);
	sck_register_root(plugin_name, &declared);
}

static void add_keyed_fields(tree type)
{
	tree field;

	type = TYPE_MAIN_VARIANT(strip_array_types(type));
	if (!RECORD_OR_UNION_TYPE_P(type) || keyed_seen->add(type))
		return;
	for (field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
		if (TREE_CODE(field) != FIELD_DECL)
			continue;
		if (sck_is_fnptr(strip_array_types(TREE_TYPE(field))))
			keyed_fields->add(field);
		add_keyed_fields(TREE_TYPE(field));
	}
}

/* Is the member a key in at least one object? Called when parsing is over. */
bool sck_field_keyed(tree field)
{
	varpool_node *node;
	tree list;

	if (sck_tag_of(field))
		return true;
	if (!keyed_fields) {
		keyed_fields = new hash_set<tree>;
		keyed_seen = new hash_set<tree>;
		/* What a tag on a member covers may be seen through a pointer to its type only. */
		for (list = tagged; list; list = TREE_CHAIN(list))
			add_keyed_fields(TYPE_P(TREE_VALUE(list)) ? TREE_VALUE(list)
								  : TREE_TYPE(TREE_VALUE(list)));
		/* Instances of a template get their tag without our handler. */
		FOR_EACH_VARIABLE(node)
			if (sck_tag_of(node->decl))
				add_keyed_fields(TREE_TYPE(node->decl));
	}
	return keyed_fields->contains(field);
}

HOST_WIDE_INT sck_type_size(const_tree type)
{
	return TYPE_SIZE_UNIT(type) && tree_fits_shwi_p(TYPE_SIZE_UNIT(type))
		       ? tree_to_shwi(TYPE_SIZE_UNIT(type))
		       : -1;
}

/* The bytes of a variable, with those that a flexible array adds; -1: not known. */
HOST_WIDE_INT sck_object_size(const_tree var)
{
	return DECL_SIZE_UNIT(var) && tree_fits_shwi_p(DECL_SIZE_UNIT(var))
		       ? tree_to_shwi(DECL_SIZE_UNIT(var))
		       : -1;
}

bool sck_field_offset(const_tree field, HOST_WIDE_INT *offset)
{
	if (!DECL_FIELD_OFFSET(field) || !tree_fits_shwi_p(DECL_FIELD_OFFSET(field)))
		return false;
	*offset = int_byte_position(field);
	return true;
}

/* The last member of a struct, which may be an array that goes on behind its end. */
static tree type_last_member(tree type)
{
	tree field, last = NULL_TREE;

	for (field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field))
		if (TREE_CODE(field) == FIELD_DECL && DECL_NAME(field))
			last = field;
	return last;
}

/* A bound of a range, seen from a member; where it is infinite it stays so. */
static HOST_WIDE_INT bound_moved(HOST_WIDE_INT bound, HOST_WIDE_INT offset)
{
	return bound == HOST_WIDE_INT_MIN || bound == HOST_WIDE_INT_MAX ? bound : bound - offset;
}

/* What range_has_key() asks of a member, besides the bytes. */
struct question {
	bool all;  /* a tag covers the whole object */
	bool via;  /* a member counts also if only a tag on a variable makes it a key */
	bool open; /* the object may be longer than its type: int (*fn[])(void) at its end */
};

/* May bytes [from, to) of an object of this type hold a key? */
static bool range_has_key(tree type, HOST_WIDE_INT from, HOST_WIDE_INT to, struct question q)
{
	HOST_WIDE_INT size = sck_type_size(type), offset;
	tree field, last;

	if (to <= 0 || (size >= 0 && from >= size && !q.open))
		return false;
	if (sck_is_fnptr(type))
		return q.all && (size < 0 || from < size);
	if (TREE_CODE(type) == ARRAY_TYPE) {
		tree element = TREE_TYPE(type);

		q.open = false;
		size = sck_type_size(element);
		if (size > 0 && from >= 0 && from / size == (to - 1) / size)
			return range_has_key(element, from % size, (to - 1) % size + 1, q);
		return range_has_key(element, 0, size > 0 ? size : HOST_WIDE_INT_MAX, q);
	}
	if (!RECORD_OR_UNION_TYPE_P(type))
		return false;
	last = q.open && TREE_CODE(type) == RECORD_TYPE ? type_last_member(type) : NULL_TREE;
	for (field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
		struct question inner = q;

		if (TREE_CODE(field) != FIELD_DECL || TREE_TYPE(field) == error_mark_node)
			continue;
		inner.all |= q.via ? sck_field_keyed(field) : sck_tag_of(field) != NULL_TREE;
		inner.open = q.open && (field == last || TREE_CODE(type) != RECORD_TYPE);
		if (sck_field_offset(field, &offset)
			    ? range_has_key(TREE_TYPE(field), bound_moved(from, offset),
					    bound_moved(to, offset), inner)
			    : range_has_key(TREE_TYPE(field), 0, HOST_WIDE_INT_MAX, inner))
			return true;
	}
	return false;
}

/*
 * May bytes [from, to) of some object of this type hold a key? A tag on any variable of the
 * unit counts for the members that it covers.
 */
bool sck_type_has_key(tree type, HOST_WIDE_INT from, HOST_WIDE_INT to)
{
	const struct question q = { false, true, true };

	return range_has_key(type, from, to, q);
}

/* The same, where only a tag on a member itself counts, and none on a variable. */
bool sck_type_has_tag(tree type, HOST_WIDE_INT from, HOST_WIDE_INT to)
{
	const struct question q = { false, false, true };

	return range_has_key(type, from, to, q);
}

/* May what a tag was met on, or what its member is part of, be written as this type? */
static bool tagged_related(tree tagged_here, tree type, alias_set_type set)
{
	tree object = TYPE_P(tagged_here) ? tagged_here : DECL_CONTEXT(tagged_here);
	HOST_WIDE_INT size;

	if (object && RECORD_OR_UNION_TYPE_P(strip_array_types(object)))
		return alias_sets_conflict_p(get_alias_set(strip_array_types(object)), set) != 0;
	/* Pointers: a struct of some is in an array of as many. */
	size = object ? sck_type_size(object) : -1;
	return size < 0 || size >= sck_type_size(type);
}

/*
 * Can no object with a key be written as a struct of this type, or as a part of one? In C++,
 * classes and instances of templates have tags that are in no list.
 */
bool sck_type_is_unrelated(tree type)
{
	alias_set_type set = get_alias_set(type);
	tree list;

	if (!lang_GNU_C() || TREE_CODE(type) != RECORD_TYPE || set == 0 ||
	    sck_type_size(type) < 0 || sck_type_has_key(type, 0, HOST_WIDE_INT_MAX))
		return false;
	for (list = tagged; list; list = TREE_CHAIN(list))
		if (tagged_related(TREE_VALUE(list), type, set))
			return false;
	return true;
}

/* Do these bytes hold a pointer to function that could be a key? */
bool sck_type_has_fnptr(tree type, HOST_WIDE_INT from, HOST_WIDE_INT to)
{
	const struct question q = { true, false, true };

	return range_has_key(type, from, to, q);
}

/*
 * May bytes [from, to) of this variable hold a key, or of the one that it is another name for:
 * extern fn_t other __attribute__((alias("key")))?
 */
bool sck_var_has_key(tree var, HOST_WIDE_INT from, HOST_WIDE_INT to)
{
	const struct question q = { sck_tag_of(var) != NULL_TREE, false, true };
	varpool_node *node, *real;

	if (!sck_static_var(var))
		return false;
	if (range_has_key(TREE_TYPE(var), from, to, q))
		return true;
	node = lookup_attribute("alias", DECL_ATTRIBUTES(var)) ? varpool_node::get(var) : NULL;
	real = node && node->alias && node->analyzed ? node->ultimate_alias_target() : NULL;
	return real && real->decl != var && sck_var_has_key(real->decl, from, to);
}
