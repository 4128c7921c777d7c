/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a pointer with a clobber set is given. Where types show that the new value may
 * change registers that calls through the pointer keep, that is an error: in
 * assignments, arguments, returned values, initializers, calls through casts, and in
 * static_call_key_update(). Pointers of other types (void *, integers) show nothing;
 * for keys, the runtime judges what comes from these.
 *
 * This is done in GIMPLE, and not by making such types incompatible: a function that
 * changes less than the pointer allows is welcome, and front ends know no such order.
 */
#include "gcc-compat.h"
#include "model/keys.h"
#include "model/sets.h"
#include "gimple/passes.h"

/*
 * May a pointer to functions of type to point to one of type from, which is decl if
 * that is known? Complain if not.
 */
static void flow_check_types(tree to, tree from, tree decl, location_t loc)
{
	struct sck_set allowed, may;
	int regno;

	if (!from || from == to || !sck_clobbers_of(to, &allowed))
		return;
	regno = sck_set_beyond(sck_clobbers_of(from, &may) ? &may : NULL, &allowed);
	if (regno < 0)
		return;
	if (!decl) {
		error_at(loc,
			 "a function that this value points to may change %qs, which calls "
			 "through the pointer that it is given to keep: "
			 "give both the same %<static_call_clobbers%>",
			 sck_register_name(regno));
		return;
	}
	error_at(loc,
		 "%qD may change %qs, which calls through this pointer keep: give it a "
		 "%<static_call_clobbers%> of its own, or use a %<static_call_thunk%>",
		 decl, sck_register_name(regno));
	inform(DECL_SOURCE_LOCATION(decl), "%qD is declared here", decl);
}

/* void (*)(void), which stands for pointers to any function where these are handed about. */
static bool flow_is_shapeless(const_tree fntype)
{
	return VOID_TYPE_P(TREE_TYPE(fntype)) && TYPE_ARG_TYPES(fntype) == void_list_node;
}

/*
 * May a pointer to functions of type to be given this value? Complain if not. generic: a value
 * of type void (*)(void) may be any function, as static_call_key_set() is handed them.
 */
static void flow_check_value(tree to, tree value, location_t loc, bool generic = false)
{
	tree decl = NULL_TREE, type;

	STRIP_NOPS(value);
	if (TREE_CODE(value) == ADDR_EXPR) {
		decl = TREE_OPERAND(value, 0);
		if (TREE_CODE(decl) == FUNCTION_DECL)
			flow_check_types(to, TREE_TYPE(decl), decl, loc);
		return;
	}
	type = TREE_TYPE(value);
	if (TREE_CODE(value) == INTEGER_CST || !sck_is_fnptr(type))
		return;
	if (!flow_is_shapeless(TREE_TYPE(type)) || (flow_is_shapeless(to) && !generic))
		flow_check_types(to, TREE_TYPE(type), NULL_TREE, loc);
}

/* The function type of the pointer at an offset into an object, or NULL. */
static tree flow_function_at(tree type, HOST_WIDE_INT offset)
{
	HOST_WIDE_INT size = sck_type_size(type), at;
	tree field;

	/* A flexible array has no size. */
	if (offset < 0 || (size > 0 && offset >= size && TREE_CODE(type) != RECORD_TYPE))
		return NULL_TREE;
	if (sck_is_fnptr(type))
		return offset == 0 ? TREE_TYPE(type) : NULL_TREE;
	if (TREE_CODE(type) == ARRAY_TYPE) {
		size = sck_type_size(TREE_TYPE(type));
		return size > 0 ? flow_function_at(TREE_TYPE(type), offset % size) : NULL_TREE;
	}
	if (!RECORD_OR_UNION_TYPE_P(type))
		return NULL_TREE;
	for (field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
		tree found;

		if (TREE_CODE(field) != FIELD_DECL || !sck_field_offset(field, &at))
			continue;
		found = flow_function_at(TREE_TYPE(field), offset - at);
		if (found)
			return found;
	}
	return NULL_TREE;
}

/* The type of the functions that the key behind this pointer holds, or NULL_TREE. */
static tree flow_key_function(tree ptr)
{
	HOST_WIDE_INT offset = 0;
	tree var = sck_resolve_pointer(ptr, &offset), type;

	if (var)
		return flow_function_at(TREE_TYPE(var), offset);
	type = TREE_TYPE(ptr);
	return POINTER_TYPE_P(type) ? flow_function_at(TREE_TYPE(type), 0) : NULL_TREE;
}

/* Does the function update a key, as the header tells by an attribute? */
static bool flow_updates_key(tree decl)
{
	return decl && sck_api_is(decl, SCK_API_UPDATE);
}

/* Can code of this unit update keys? Asked once, when all of it is known. */
bool sck_has_updates(void)
{
	static enum { UNKNOWN, NO, YES } answer;
	cgraph_node *node;

	if (answer == UNKNOWN) {
		answer = NO;
		FOR_EACH_FUNCTION(node)
			if (flow_updates_key(node->decl))
				answer = YES;
	}
	return answer == YES;
}

/*
 * An update of what is no key stores the function, and nothing follows: most likely a tag was
 * forgotten. Of a pointer that may point anywhere nothing is said.
 */
void sck_check_update(gcall *call)
{
	HOST_WIDE_INT offset = 0, size;
	tree var;

	if (!flow_updates_key(gimple_call_fndecl(call)) || gimple_call_num_args(call) != 2)
		return;
	var = sck_resolve_pointer(gimple_call_arg(call, 0), &offset);
	if (!var || !VAR_P(var) || DECL_ARTIFICIAL(var) || offset < 0)
		return;
	/* Beyond a declared size there may be more, as in a flexible array. */
	size = sck_type_size(TREE_TYPE(var));
	if ((size >= 0 && offset > size - UNITS_PER_WORD) ||
	    sck_var_has_key(var, offset, offset + UNITS_PER_WORD))
		return;
	if (warning_at(expansion_point_location(gimple_location(call)), OPT_Wattributes,
		       "%<static_call_key_update%> of %qD, which is no %<static_call_key%>: no "
		       "call site follows",
		       var))
		inform(DECL_SOURCE_LOCATION(var), "%qD is declared here", var);
}

static void flow_check_call(gcall *call)
{
	tree fntype = gimple_call_fntype(call), fn = gimple_call_fn(call), arg, to;
	location_t loc = gimple_location(call);
	unsigned int i = 0;

	if (gimple_call_internal_p(call) || !fntype)
		return;
	if (fn && TREE_CODE(fn) == SSA_NAME)
		flow_check_value(fntype, fn, loc);
	for (arg = TYPE_ARG_TYPES(fntype); arg && i < gimple_call_num_args(call);
	     arg = TREE_CHAIN(arg), i++)
		if (sck_is_fnptr(TREE_VALUE(arg)))
			flow_check_value(TREE_TYPE(TREE_VALUE(arg)), gimple_call_arg(call, i), loc);
	to = gimple_call_lhs(call) ? TREE_TYPE(gimple_call_lhs(call)) : NULL_TREE;
	if (to && sck_is_fnptr(to) && sck_is_fnptr(TREE_TYPE(fntype)))
		flow_check_types(TREE_TYPE(to), TREE_TYPE(TREE_TYPE(fntype)), NULL_TREE, loc);
	if (flow_updates_key(gimple_call_fndecl(call)) && gimple_call_num_args(call) == 2) {
		to = flow_key_function(gimple_call_arg(call, 0));
		if (to)
			flow_check_value(to, gimple_call_arg(call, 1),
					 expansion_point_location(loc), true);
	}
}

void sck_check_flow(gimple *stmt)
{
	location_t loc = gimple_location(stmt);
	tree to;
	unsigned int i;

	switch (gimple_code(stmt)) {
	case GIMPLE_ASSIGN:
		to = TREE_TYPE(gimple_assign_lhs(stmt));
		if (sck_is_fnptr(to) &&
		    (gimple_assign_single_p(stmt) || gimple_assign_cast_p(stmt)))
			flow_check_value(TREE_TYPE(to), gimple_assign_rhs1(stmt), loc);
		break;
	case GIMPLE_CALL:
		flow_check_call(as_a<gcall *>(stmt));
		break;
	case GIMPLE_RETURN:
		to = TREE_TYPE(TREE_TYPE(current_function_decl));
		if (sck_is_fnptr(to) && gimple_return_retval(as_a<greturn *>(stmt)))
			flow_check_value(TREE_TYPE(to), gimple_return_retval(as_a<greturn *>(stmt)),
					 loc);
		break;
	case GIMPLE_PHI:
		to = TREE_TYPE(gimple_phi_result(stmt));
		for (i = 0; sck_is_fnptr(to) && i < gimple_phi_num_args(stmt); i++)
			flow_check_value(TREE_TYPE(to), gimple_phi_arg_def(stmt, i),
					 gimple_phi_arg_location(as_a<gphi *>(stmt), i));
		break;
	default:
		break;
	}
}

static void flow_check_initializer(tree type, tree init, location_t loc)
{
	unsigned HOST_WIDE_INT i;
	tree index, value;

	if (!init || init == error_mark_node)
		return;
	if (sck_is_fnptr(type)) {
		flow_check_value(TREE_TYPE(type), init, loc);
		return;
	}
	if (TREE_CODE(init) != CONSTRUCTOR)
		return;
	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(init), i, index, value)
	{
		if (RECORD_OR_UNION_TYPE_P(type) && index && TREE_CODE(index) == FIELD_DECL)
			flow_check_initializer(TREE_TYPE(index), value, loc);
		else if (TREE_CODE(type) == ARRAY_TYPE)
			flow_check_initializer(TREE_TYPE(type), value, loc);
	}
}

/* Check the initializers of static storage, which no statement assigns. */
void sck_check_initializers(void)
{
	varpool_node *node;

	FOR_EACH_VARIABLE(node)
		flow_check_initializer(TREE_TYPE(node->decl), DECL_INITIAL(node->decl),
				       DECL_SOURCE_LOCATION(node->decl));
}
