/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a pointer that is called comes from, for people and for static_call-report, which
 * ranks the pointers of a whole build: what is it called, where is it declared, and would a
 * tag there make the call direct?
 *
 *	hook(x)			variable   hook
 *	config.mem.xMalloc(x)	member     mem_methods::xMalloc, of the variable config
 *	p->ops->read(p)		member     file_ops::read, through file::ops
 *	table[i](x)		element    table
 *	f(x)			parameter  1 of its function
 *	get()(x)		result     get
 *
 * Only where report=FILE asks for it, so no object depends on what is found here.
 */
#include "gcc-compat.h"
#include "model/decl.h"
#include "model/keys.h"
#include "model/report.h"
#include "gimple/passes.h"

/* How far copies of a value are followed. */
#define STEP_LIMIT 64

static bool describe_is_global(tree decl)
{
	return decl && VAR_P(decl) && is_global_var(decl);
}

static char *describe_name(tree decl)
{
	return DECL_NAME(decl) ? xstrdup(lang_hooks.decl_printable_name(decl, 1))
			       : xstrdup("(unnamed)");
}

/* "int (*) (int)"; GCC puts a number of its own where such a type has no name. */
static char *describe_type(tree type)
{
	char *text = print_generic_expr_to_str(type), *from, *to;

	for (from = to = text; *from; *to++ = *from++)
		if (from[0] == '<' && from[1] == 'T' && to > text && to[-1] == '*' &&
		    strchr(from, '>'))
			from = strchr(from, '>') + 1;
	*to = '\0';
	return text;
}

/* The member that a reference ends in, or whose element it is. */
static tree describe_last_member(tree ref)
{
	for (; handled_component_p(ref); ref = TREE_OPERAND(ref, 0))
		if (TREE_CODE(ref) == COMPONENT_REF)
			return TREE_OPERAND(ref, 1);
	return NULL_TREE;
}

/* The variable that a reference leads to: named, or by a pointer that is known to lead there. */
static tree describe_base(tree ref)
{
	tree base = get_base_address(ref);
	HOST_WIDE_INT offset = 0;

	if (base && TREE_CODE(base) == MEM_REF)
		base = sck_resolve_pointer(TREE_OPERAND(base, 0), &offset);
	return base && DECL_P(base) ? base : NULL_TREE;
}

/* Back over copies and conversions of a value: the statement that makes it, or NULL. */
static gimple *describe_origin(tree *value)
{
	int steps;

	for (steps = 0; steps < STEP_LIMIT && TREE_CODE(*value) == SSA_NAME; steps++) {
		gimple *def = SSA_NAME_DEF_STMT(*value);

		if (SSA_NAME_IS_DEFAULT_DEF(*value))
			return NULL;
		if (!gimple_assign_ssa_name_copy_p(def) &&
		    (!gimple_assign_cast_p(def) || TREE_CODE(gimple_assign_rhs1(def)) != SSA_NAME))
			return def;
		*value = gimple_assign_rhs1(def);
	}
	return NULL;
}

static unsigned int describe_number(tree parm)
{
	unsigned int n = 1;
	tree list;

	for (list = DECL_ARGUMENTS(current_function_decl); list; list = DECL_CHAIN(list), n++)
		if (list == parm)
			return n;
	return 0;
}

/* The pointer that an object was reached through, in one word: to be freed, or NULL. */
static char *describe_through(tree ptr)
{
	gimple *def = describe_origin(&ptr);
	tree decl, member;

	while (def && is_gimple_assign(def) && gimple_assign_rhs_code(def) == POINTER_PLUS_EXPR) {
		ptr = gimple_assign_rhs1(def);
		def = describe_origin(&ptr);
	}
	if (TREE_CODE(ptr) == SSA_NAME && SSA_NAME_IS_DEFAULT_DEF(ptr) && SSA_NAME_VAR(ptr))
		return describe_name(SSA_NAME_VAR(ptr));
	if (def && gimple_assign_load_p(def)) {
		member = describe_last_member(gimple_assign_rhs1(def));
		decl = describe_base(gimple_assign_rhs1(def));
		return member ? sck_member_name(member) : decl ? describe_name(decl) : NULL;
	}
	decl = def && is_gimple_call(def) ? gimple_call_fndecl(def) : NULL_TREE;
	if (!decl && TREE_CODE(ptr) == SSA_NAME)
		decl = SSA_NAME_VAR(ptr) && DECL_NAME(SSA_NAME_VAR(ptr)) ? SSA_NAME_VAR(ptr)
									 : NULL_TREE;
	return decl ? describe_name(decl) : NULL;
}

static void describe_variable(tree var, struct sck_description *d)
{
	varpool_node *node = varpool_node::get(var);

	d->object = describe_name(var);
	d->object_declared = DECL_SOURCE_LOCATION(var);
	d->type = describe_type(TREE_TYPE(var));
	if (TREE_PUBLIC(var))
		d->symbol = sck_bare_name(var);
	d->defined = !DECL_EXTERNAL(var);
	d->constant = node && ctor_for_folding(var) != error_mark_node;
}

/* A reference to memory that the pointer is loaded from. */
static void describe_load(tree ref, struct sck_description *d)
{
	tree member = describe_last_member(ref), var = describe_base(ref),
	     base = get_base_address(ref);

	if (member) {
		d->from = "member";
		d->name = sck_member_name(member);
		d->declared = DECL_SOURCE_LOCATION(member);
		d->type = describe_type(TREE_TYPE(member));
	}
	if (describe_is_global(var)) {
		free(d->type);
		describe_variable(var, d);
	} else if (base && TREE_CODE(base) == MEM_REF) {
		d->through = describe_through(TREE_OPERAND(base, 0));
	} else if (member && var) {
		d->through = describe_name(var);
	}
	if (member)
		return;
	d->from = TREE_CODE(ref) == ARRAY_REF ? "element" : !var ? "pointer" : "variable";
	if (!var) {
		d->name = d->through ? xstrdup(d->through) : NULL;
		return;
	}
	d->name = describe_name(var);
	d->declared = DECL_SOURCE_LOCATION(var);
	if (describe_is_global(var))
		return;
	d->from = TREE_CODE(var) == PARM_DECL ? "parameter" : "local";
	d->number = TREE_CODE(var) == PARM_DECL ? describe_number(var) : 0;
}

/* class::function of a virtual call, as far as its class tells. */
static void describe_virtual(tree callee, struct sck_description *d)
{
	tree type = obj_type_ref_class(callee), list = NULL_TREE;
	HOST_WIDE_INT n = 0;

	d->from = "virtual";
	if (!type || !RECORD_OR_UNION_TYPE_P(type))
		return;
	if (TYPE_BINFO(type) && tree_fits_shwi_p(OBJ_TYPE_REF_TOKEN(callee))) {
		n = tree_to_shwi(OBJ_TYPE_REF_TOKEN(callee));
		for (list = BINFO_VIRTUALS(TYPE_BINFO(type)); list && n > 0; n--)
			list = TREE_CHAIN(list);
	}
	if (list && n == 0 && TREE_CODE(TREE_VALUE(list)) == FUNCTION_DECL) {
		d->name = describe_name(TREE_VALUE(list));
		d->declared = DECL_SOURCE_LOCATION(TREE_VALUE(list));
	} else {
		d->name = sck_type_name(type);
		if (TYPE_NAME(type) && TREE_CODE(TYPE_NAME(type)) == TYPE_DECL)
			d->declared = DECL_SOURCE_LOCATION(TYPE_NAME(type));
	}
}

/*
 * The variable of the source that holds one of several values first, on its way to a call:
 * up to GCC 15, ?: has a temporary of its own, which is copied.
 */
static tree describe_holder(tree callee, tree value)
{
	tree holder = NULL_TREE, var;

	for (;; callee = gimple_assign_rhs1(SSA_NAME_DEF_STMT(callee))) {
		var = SSA_NAME_VAR(callee);
		if (var && DECL_NAME(var))
			holder = var;
		if (callee == value)
			return holder;
	}
}

/* A value that no load of this function gives: how it came in, or who made it. */
static void describe_value(tree callee, tree value, gimple *def, struct sck_description *d)
{
	tree decl = TREE_CODE(value) == SSA_NAME ? SSA_NAME_VAR(value) : NULL_TREE;

	if (TREE_CODE(value) != SSA_NAME) {
		d->from = "constant";
		return;
	}
	if (def && is_gimple_call(def)) {
		d->from = "result";
		decl = gimple_call_fndecl(def);
	} else if (def && gimple_code(def) == GIMPLE_PHI) {
		d->from = "several";
		decl = describe_holder(callee, value);
	} else if (!def && decl && TREE_CODE(decl) == PARM_DECL) {
		d->from = "parameter";
		d->number = describe_number(decl);
	} else if (def && is_gimple_assign(def) &&
		   is_gimple_min_invariant(gimple_assign_rhs1(def))) {
		d->from = "constant";
	} else {
		d->from = decl ? "local" : "other";
	}
	if (decl && DECL_NAME(decl)) {
		d->name = describe_name(decl);
		d->declared = DECL_SOURCE_LOCATION(decl);
	}
}

/* What an atomic load or exchange of a pointer reads; NULL_TREE if the call is something else. */
static tree describe_atomic_object(gimple *call)
{
	tree ptr = NULL_TREE;

	if (gimple_call_builtin_p(call, BUILT_IN_ATOMIC_LOAD))
		ptr = gimple_call_arg(call, 1);
	else if (gimple_call_builtin_p(call, BUILT_IN_NORMAL) && gimple_call_num_args(call))
		ptr = gimple_call_arg(call, 0);
	return ptr && TREE_CODE(ptr) == ADDR_EXPR ? TREE_OPERAND(ptr, 0) : NULL_TREE;
}

/* To be released by sck_free_description(). */
void sck_describe_callee(gcall *call, const struct sck_origin *origin, struct sck_description *d)
{
	tree value = gimple_call_fn(call), decl, object;
	struct sck_origin tagged;
	gimple *def;

	memset(d, 0, sizeof(*d));
	d->tagged = SCK_UNTAGGED;
	if (TREE_CODE(value) == OBJ_TYPE_REF) {
		describe_virtual(value, d);
		return;
	}
	def = describe_origin(&value);
	object = def && is_gimple_call(def) ? describe_atomic_object(def) : NULL_TREE;
	if (def && gimple_assign_load_p(def))
		describe_load(gimple_assign_rhs1(def), d);
	else if (object)
		describe_load(object, d);
	else
		describe_value(gimple_call_fn(call), value, def, d);
	if (origin->ref.tag) {
		decl = sck_tagged_decl(origin->ref.tag);
		d->tag_declared = decl ? DECL_SOURCE_LOCATION(decl) : UNKNOWN_LOCATION;
	} else if (d->object) {
		sck_find_origin(call, &tagged, true);
		d->tagged = tagged.reason;
		free(tagged.ref.path);
	}
}

void sck_free_description(struct sck_description *d)
{
	free(d->name);
	free(d->object);
	free(d->type);
	free(d->through);
}

/* The memory that a statement stores to, or where a builtin function begins to; or NULL_TREE. */
static tree describe_stored(gimple *stmt, bool *begins)
{
	tree ptr;

	*begins = false;
	if (gimple_get_lhs(stmt))
		return gimple_store_p(stmt) && !gimple_clobber_p(stmt) ? gimple_get_lhs(stmt)
								       : NULL_TREE;
	if (!gimple_call_builtin_p(stmt, BUILT_IN_NORMAL))
		return NULL_TREE;
	*begins = true;
	switch (DECL_FUNCTION_CODE(gimple_call_fndecl(stmt))) {
	case BUILT_IN_MEMCPY:
	case BUILT_IN_MEMMOVE:
	case BUILT_IN_MEMSET:
	case BUILT_IN_ATOMIC_STORE_8:
	case BUILT_IN_ATOMIC_STORE_N:
		ptr = gimple_call_arg(stmt, 0);
		break;
	case BUILT_IN_ATOMIC_STORE:
		ptr = gimple_call_arg(stmt, 1);
		break;
	default:
		return NULL_TREE;
	}
	return TREE_CODE(ptr) == ADDR_EXPR ? TREE_OPERAND(ptr, 0) : NULL_TREE;
}

/* The static variable that a statement stores pointers to function to, or NULL_TREE. */
static tree describe_assigned(gimple *stmt)
{
	HOST_WIDE_INT from = 0, to = HOST_WIDE_INT_MAX, offset, size;
	poly_int64 bits, bits_size, bits_max;
	bool begins, reverse;
	tree ref = describe_stored(stmt, &begins), var;

	if (!ref)
		return NULL_TREE;
	var = get_ref_base_and_extent(ref, &bits, &bits_size, &bits_max, &reverse);
	if (bits.is_constant(&offset) && bits_max.is_constant(&size)) {
		from = offset / BITS_PER_UNIT;
		if (size >= 0 && !begins)
			to = from + size / BITS_PER_UNIT;
	}
	if (var && TREE_CODE(var) == MEM_REF) {
		HOST_WIDE_INT add = tree_fits_shwi_p(TREE_OPERAND(var, 1))
					    ? tree_to_shwi(TREE_OPERAND(var, 1))
					    : 0;

		var = sck_resolve_pointer(TREE_OPERAND(var, 0), &add);
		from += add;
		to = to == HOST_WIDE_INT_MAX ? to : to + add;
	}
	return var && sck_static_var(var) && sck_type_has_fnptr(TREE_TYPE(var), from, to)
		       ? var
		       : NULL_TREE;
}

/* A store of pointers to function to a variable that could have a tag and has none. */
void sck_describe_store(gimple *stmt)
{
	tree var = describe_assigned(stmt);
	struct sck_description d;

	if (!var || sck_var_has_key(var, 0, HOST_WIDE_INT_MAX))
		return;
	memset(&d, 0, sizeof(d));
	describe_variable(var, &d);
	sck_report_assignment(stmt, current_function_decl, &d);
	sck_free_description(&d);
}
