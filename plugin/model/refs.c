/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * References to memory, seen as keys. A key is named by its variable and the
 * offset in it, so that the ways to spell it (a member of a union, *&ops.fn, a
 * pointer that is known to point to it) are one key.
 */
#include "gcc-compat.h"
#include "static_call_abi.h"
#include "model/decl.h"
#include "model/keys.h"
#include "model/refs.h"

static void pp_index(pretty_printer *pp, HOST_WIDE_INT n)
{
	pp_left_bracket(pp);
	pp_wide_integer(pp, n);
	pp_right_bracket(pp);
}

/*
 * The attribute of this name that covers the pointer to function at this offset of a type, or
 * NULL. outer is the one that covers the whole. path, if not NULL, gets the way there.
 */
static tree attribute_at(tree type, HOST_WIDE_INT offset, const char *name, tree outer,
			 pretty_printer *path)
{
	tree field, best = NULL_TREE, tag = NULL_TREE;
	HOST_WIDE_INT at;

	while (TREE_CODE(type) == ARRAY_TYPE) {
		HOST_WIDE_INT size = sck_type_size(TREE_TYPE(type));

		if (size <= 0)
			return NULL_TREE;
		if (path)
			pp_index(path, offset / size);
		type = TREE_TYPE(type);
		offset %= size;
	}
	if (sck_is_fnptr(type))
		return offset == 0 ? outer : NULL_TREE;
	if (!RECORD_OR_UNION_TYPE_P(type))
		return NULL_TREE;
	for (field = TYPE_FIELDS(type); field && !best; field = DECL_CHAIN(field)) {
		tree size;

		if (TREE_CODE(field) != FIELD_DECL || TREE_TYPE(field) == error_mark_node ||
		    !sck_field_offset(field, &at))
			continue;
		size = DECL_SIZE_UNIT(field);
		if (offset < at ||
		    (size && tree_fits_shwi_p(size) && offset >= at + tree_to_shwi(size)))
			continue;
		tag = lookup_attribute(name, DECL_ATTRIBUTES(field));
		tag = attribute_at(TREE_TYPE(field), offset - at, name, tag ? tag : outer, NULL);
		if (tag)
			best = field;
	}
	if (!best)
		return NULL_TREE;
	if (path) {
		if (DECL_NAME(best)) {
			pp_dot(path);
			pp_string(path, IDENTIFIER_POINTER(DECL_NAME(best)));
		}
		sck_field_offset(best, &at);
		attribute_at(TREE_TYPE(best), offset - at, name, tag, path);
	}
	return tag;
}

/* The attribute of this name that covers the pointer at an offset of a variable, or NULL. */
tree sck_attribute_at(tree var, HOST_WIDE_INT offset, const char *name)
{
	return attribute_at(TREE_TYPE(var), offset, name,
			    lookup_attribute(name, DECL_ATTRIBUTES(var)), NULL);
}

static char *key_path(tree var, HOST_WIDE_INT offset)
{
	pretty_printer pp;

	pp_string(&pp, DECL_NAME(var) ? IDENTIFIER_POINTER(DECL_NAME(var)) : sck_bare_name(var));
	attribute_at(TREE_TYPE(var), offset, SCK_ATTRIBUTE, sck_tag_of(var), &pp);
	return xstrdup(pp_formatted_text(&pp));
}

/*
 * If ptr, an SSA name, can only hold the address of a variable, return the
 * variable and add to *offset what it points past its start. NULL_TREE otherwise.
 */
tree sck_resolve_pointer(tree ptr, HOST_WIDE_INT *offset)
{
	int steps;

	for (steps = 0; steps < 64; steps++) {
		gimple *def;
		poly_int64 unit_offset;
		HOST_WIDE_INT add;
		tree base;

		if (TREE_CODE(ptr) == ADDR_EXPR) {
			base = get_addr_base_and_unit_offset(TREE_OPERAND(ptr, 0), &unit_offset);
			if (!base || !unit_offset.is_constant(&add))
				return NULL_TREE;
			*offset += add;
			if (DECL_P(base))
				return base;
			if (TREE_CODE(base) != MEM_REF)
				return NULL_TREE;
			if (!tree_fits_shwi_p(TREE_OPERAND(base, 1)))
				return NULL_TREE;
			*offset += tree_to_shwi(TREE_OPERAND(base, 1));
			ptr = TREE_OPERAND(base, 0);
			continue;
		}
		if (TREE_CODE(ptr) != SSA_NAME)
			return NULL_TREE;
		def = SSA_NAME_DEF_STMT(ptr);
		if (!is_gimple_assign(def))
			return NULL_TREE;
		if (gimple_assign_rhs_code(def) == POINTER_PLUS_EXPR) {
			if (!tree_fits_shwi_p(gimple_assign_rhs2(def)))
				return NULL_TREE;
			*offset += tree_to_shwi(gimple_assign_rhs2(def));
		} else if (!gimple_assign_single_p(def) && !gimple_assign_cast_p(def)) {
			return NULL_TREE;
		}
		ptr = gimple_assign_rhs1(def);
	}
	return NULL_TREE;
}

/* The tag on a component of a reference whose object is not known. */
static tree tag_in_path(tree ref)
{
	tree tag = NULL_TREE;

	for (; handled_component_p(ref); ref = TREE_OPERAND(ref, 0))
		if (TREE_CODE(ref) == COMPONENT_REF && !tag)
			tag = sck_tag_of(TREE_OPERAND(ref, 1));
	if (!tag && VAR_P(ref))
		tag = sck_tag_of(ref);
	if (!tag && TREE_CODE(ref) == MEM_REF) {
		HOST_WIDE_INT offset = 0;
		tree var = sck_resolve_pointer(TREE_OPERAND(ref, 0), &offset);

		if (var && VAR_P(var))
			tag = sck_tag_of(var);
	}
	return tag;
}

/* The reference as the source has it, near enough for people: "p->ops[...].get". */
static void ref_put(pretty_printer *pp, tree ref)
{
	tree name;

	switch (TREE_CODE(ref)) {
	case COMPONENT_REF:
		ref_put(pp, TREE_OPERAND(ref, 0));
		name = DECL_NAME(TREE_OPERAND(ref, 1));
		if (!name)
			return;
		if (TREE_CODE(TREE_OPERAND(ref, 0)) != MEM_REF)
			pp_dot(pp);
		pp_string(pp, IDENTIFIER_POINTER(name));
		return;
	case ARRAY_REF:
		ref_put(pp, TREE_OPERAND(ref, 0));
		if (tree_fits_shwi_p(TREE_OPERAND(ref, 1)))
			pp_index(pp, tree_to_shwi(TREE_OPERAND(ref, 1)));
		else
			pp_string(pp, "[...]");
		return;
	case MEM_REF:
		name = TREE_OPERAND(ref, 0);
		if (TREE_CODE(name) == ADDR_EXPR) {
			ref_put(pp, TREE_OPERAND(name, 0));
			return;
		}
		name = TREE_CODE(name) == SSA_NAME ? SSA_NAME_IDENTIFIER(name) : NULL_TREE;
		pp_string(pp, name ? IDENTIFIER_POINTER(name) : "...");
		pp_string(pp, "->");
		return;
	default:
		if (DECL_P(ref) && DECL_NAME(ref))
			pp_string(pp, IDENTIFIER_POINTER(DECL_NAME(ref)));
		else if (handled_component_p(ref))
			ref_put(pp, TREE_OPERAND(ref, 0));
		else
			pp_string(pp, "...");
	}
}

char *sck_ref_path(tree ref)
{
	pretty_printer pp;

	ref_put(&pp, ref);
	return xstrdup(pp_formatted_text(&pp));
}

/*
 * Does the pointer at this offset lie in the variable? A call that is never made
 * may be out of bounds. How far an array of unknown size goes is not known.
 */
static bool ref_within(tree var, HOST_WIDE_INT offset)
{
	tree size = DECL_SIZE_UNIT(var);

	return offset >= 0 &&
	       (!size || !tree_fits_shwi_p(size) || offset + UNITS_PER_WORD <= tree_to_shwi(size));
}

/*
 * Is this reference to memory, the right side of a load, a key? If not, and assumed is not
 * NULL_TREE: would it be, if its object had this tag? The caller frees out->path.
 */
void sck_classify_ref(tree ref, struct sck_ref *out, tree assumed)
{
	poly_int64 poffset, psize, pmax;
	HOST_WIDE_INT offset, size, add = 0;
	bool reverse, constant, inside;
	tree base, var, tag, found = NULL_TREE;

	memset(out, 0, sizeof(*out));
	out->reason = SCK_UNTAGGED;
	if (!sck_have_keys() && !assumed)
		return;
	base = get_ref_base_and_extent(ref, &poffset, &psize, &pmax, &reverse);
	constant = poffset.is_constant(&offset) && psize.is_constant(&size) &&
		   known_eq(psize, pmax) && offset % BITS_PER_UNIT == 0;
	offset /= BITS_PER_UNIT;
	var = base;
	if (TREE_CODE(base) == MEM_REF) {
		var = NULL_TREE;
		if (tree_fits_shwi_p(TREE_OPERAND(base, 1))) {
			add = tree_to_shwi(TREE_OPERAND(base, 1));
			var = sck_resolve_pointer(TREE_OPERAND(base, 0), &add);
		}
	}
	if (var && !VAR_P(var))
		var = NULL_TREE;

	inside = constant && var && ref_within(var, offset + add);
	/* A union may have several names for a key; the one that is used decides. */
	tag = tag_in_path(ref);
	if (inside)
		found = attribute_at(TREE_TYPE(var), offset + add, SCK_ATTRIBUTE,
				     sck_tag_of(var) ? sck_tag_of(var) : assumed, NULL);
	if (!tag)
		tag = found ? found : assumed;
	if (!tag)
		return;
	out->tag = tag;
	if (!var || (!TREE_STATIC(var) && !DECL_EXTERNAL(var)))
		out->reason = SCK_NOT_STATIC;
	else if (DECL_THREAD_LOCAL_P(var))
		out->reason = SCK_THREAD_LOCAL;
	else if (!sck_static_var(var))
		out->reason = SCK_NOT_STATIC;
	else if (!ADDR_SPACE_GENERIC_P(TYPE_ADDR_SPACE(TREE_TYPE(var))))
		out->reason = SCK_ADDRESS_SPACE;
	else if (!constant)
		out->reason = SCK_VARIABLE_INDEX;
	else if (!inside)
		out->reason = SCK_OUT_OF_BOUNDS;
	else if (!found) /* a buffer of another type: stores to it are not followed */
		out->reason = SCK_NOT_STATIC;
	else if (DECL_WEAK(var) && DECL_EXTERNAL(var) && offset + add >= STATIC_CALL_KEY_LOWEST)
		out->reason = SCK_WEAK;
	else if (TYPE_ATOMIC(TREE_TYPE(ref)) ||
		 (sck_is_fnptr(TREE_TYPE(var)) && TYPE_ATOMIC(TREE_TYPE(var))))
		out->reason = SCK_ATOMIC;
	else if (TREE_THIS_VOLATILE(ref))
		out->reason = SCK_VOLATILE;
	else if (size != POINTER_SIZE || reverse || get_object_alignment(ref) < POINTER_SIZE)
		out->reason = SCK_PACKED;
	else
		out->reason = SCK_DIRECT;
	if (out->reason != SCK_DIRECT) {
		out->path = sck_ref_path(ref);
		return;
	}
	out->var = var;
	out->offset = offset + add;
	out->path = key_path(var, offset + add);
}
