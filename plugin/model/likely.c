/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a key most likely holds: the functions that the user names, or else the only one that
 * the unit shows, in the initializer or in stores and updates. A value that is no constant
 * tells nothing. It is a guess, and may be wrong.
 */
#include "gcc-compat.h"
#include "gimple-fold.h"
#include "model/options.h"
#include "model/decl.h"
#include "model/keys.h"
#include "model/refs.h"
#include "model/likely.h"

/* A function that the unit stores to a key. */
struct stored {
	tree where;           /* the VAR_DECL; or a FIELD_DECL, of whatever object */
	HOST_WIDE_INT offset; /* of the key in the variable */
	tree fn;
};

static auto_vec<struct stored> *all_stored;

static void stored_add(tree where, HOST_WIDE_INT offset, tree fn)
{
	struct stored *known, entry = { where, offset, fn };
	unsigned int i;

	if (!all_stored)
		all_stored = new auto_vec<struct stored>;
	FOR_EACH_VEC_ELT(*all_stored, i, known)
		if (known->where == where && known->offset == offset && known->fn == fn)
			return;
	all_stored->safe_push(entry);
	sck_keep(where);
	sck_keep(fn);
}

/* The function that a value is the address of, or NULL_TREE. */
static tree value_function(tree value)
{
	STRIP_NOPS(value);
	if (TREE_CODE(value) == ADDR_EXPR && TREE_CODE(TREE_OPERAND(value, 0)) == FUNCTION_DECL)
		return TREE_OPERAND(value, 0);
	return NULL_TREE;
}

/* A statement stores a value. */
void sck_note_stored(tree lhs, tree value)
{
	tree fn = value_function(value);
	struct sck_ref ref;

	if (!fn)
		return;
	sck_classify_ref(lhs, &ref, NULL_TREE);
	if (ref.reason == SCK_DIRECT)
		stored_add(ref.var, ref.offset, fn);
	else if (TREE_CODE(lhs) == COMPONENT_REF && sck_field_keyed(TREE_OPERAND(lhs, 1)))
		stored_add(TREE_OPERAND(lhs, 1), 0, fn);
	free(ref.path);
}

/* An update of the key at this address. */
void sck_note_updated(tree key, tree value)
{
	tree fn = value_function(value), var;
	HOST_WIDE_INT offset = 0;

	if (!fn)
		return;
	var = sck_resolve_pointer(key, &offset);
	if (var && VAR_P(var))
		stored_add(var, offset, fn);
}

/* The innermost member at this offset of a type, or NULL_TREE. */
static tree member_at(tree type, HOST_WIDE_INT offset)
{
	HOST_WIDE_INT at, size;
	tree field, inner;

	while (TREE_CODE(type) == ARRAY_TYPE) {
		size = sck_type_size(TREE_TYPE(type));
		if (size <= 0)
			return NULL_TREE;
		type = TREE_TYPE(type);
		offset %= size;
	}
	if (!RECORD_OR_UNION_TYPE_P(type))
		return NULL_TREE;
	for (field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
		if (TREE_CODE(field) != FIELD_DECL || TREE_TYPE(field) == error_mark_node ||
		    !sck_field_offset(field, &at) || offset < at)
			continue;
		size = sck_type_size(TREE_TYPE(field));
		if (size >= 0 && offset >= at + size)
			continue;
		inner = member_at(TREE_TYPE(field), offset - at);
		return inner ? inner : field;
	}
	return NULL_TREE;
}

/*
 * What the key's initializer says: a function, null_pointer_node for NULL, or NULL_TREE: the
 * unit does not show it. A table that starts empty is one that somebody fills in.
 */
static tree likely_initial(const struct sck_key *key)
{
	tree init = DECL_INITIAL(key->var), fn;

	if (DECL_EXTERNAL(key->var) || init == error_mark_node)
		return NULL_TREE;
	if (!POINTER_TYPE_P(TREE_TYPE(key->var)) && (!init || initializer_zerop(init)))
		return NULL_TREE;
	if (init && TREE_CODE(init) == CONSTRUCTOR)
		init = fold_ctor_reference(ptr_type_node, init, key->offset * BITS_PER_UNIT,
					   POINTER_SIZE, key->var);
	else if (!init || key->offset)
		init = DECL_INITIAL(key->var) ? NULL_TREE : null_pointer_node;
	if (!init)
		return NULL_TREE;
	fn = value_function(init);
	return fn ? fn : integer_zerop(init) ? null_pointer_node : NULL_TREE;
}

static void likely_add(struct sck_likely *likely, tree fn)
{
	unsigned int i;

	for (i = 0; i < likely->count; i++)
		if (likely->target[i] == fn)
			return;
	if (likely->count < STATIC_CALL_KEY_GUARD_MAX)
		likely->target[likely->count++] = fn;
}

/* Of several declarations all that are named, up to as many as a guard can tell of. */
static void likely_from_names(const struct sck_key *key, struct sck_likely *likely)
{
	tree attr = sck_attribute_at(key->var, key->offset, SCK_INLINE), arg;

	for (; attr; attr = lookup_attribute(SCK_INLINE, TREE_CHAIN(attr)))
		for (arg = TREE_VALUE(attr); arg; arg = TREE_CHAIN(arg))
			likely_add(likely, TREE_VALUE(arg));
	likely->named = likely->count != 0;
}

/* The functions that the unit shows, or NULL, unless the call has been kept from it. */
static void likely_from_unit(const struct sck_key *key, bool tested, struct sck_likely *likely)
{
	tree initial = likely_initial(key), member = member_at(TREE_TYPE(key->var), key->offset);
	bool nullable = key->flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL && !tested;
	struct stored *s;
	unsigned int i;

	if (initial && (initial != null_pointer_node || nullable))
		likely_add(likely, initial);
	/* To have nothing to do is what a key is for that may be NULL, and is. */
	if (!all_stored || (nullable && initial == null_pointer_node))
		return;
	FOR_EACH_VEC_ELT(*all_stored, i, s)
		if (s->where == key->var ? s->offset == key->offset : s->where == member)
			likely_add(likely, s->fn);
}

/*
 * Several functions are as likely as none, unless the user wants guards for all. tested: the
 * call is made only where the key is not NULL.
 */
void sck_find_likely(const struct sck_key *key, bool tested, struct sck_likely *likely)
{
	memset(likely, 0, sizeof(*likely));
	likely_from_names(key, likely);
	if (likely->named)
		return;
	likely_from_unit(key, tested, likely);
	if (likely->count > 1 && sck_options.guards != SCK_GUARDS_ALL)
		likely->count = 0;
}
