/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stores that may change a key are followed by a call that resyncs the range:
 *
 *	ops.fn = f;			ops.fn = f;
 *			    becomes	static_call_key_store(&ops.fn, 8);
 *
 * static_call_key_store is a few instructions in every object (emit.c) that call
 * the runtime, if there is one. Whether a store may change a key is decided by
 * the variable where it is known, and else by type and member alone, as at -O0
 * there is no more to go by: a member that is a key in some object; any pointer
 * to function, or void *, stored through a pointer; a block copied to a pointer
 * to such, or to void *. The runtime finds out whether a key lies there.
 * Stores through pointers to other types (characters, integers) are not
 * followed, nor are stores to objects that are known to be local. stores=named
 * follows only what names a key: a variable that holds one, or a member that is
 * itself tagged; a kernel cannot afford the guesses.
 */
#include "gcc-compat.h"
#include "sck.h"

static tree store_decl;
static unsigned int calls;

bool sck_store_calls(void)
{
	return calls != 0;
}

/* void static_call_key_store(const void *, size_t), hidden. */
static tree get_store_decl(void)
{
	if (!store_decl) {
		tree type = build_function_type_list(void_type_node, const_ptr_type_node,
						     size_type_node, NULL_TREE);

		store_decl = sck_hidden_function("static_call_key_store", type);
		if (flag_lto)
			sck_emit_lto_store();
	}
	return store_decl;
}

/* What a store writes. */
struct target {
	tree address; /* a GIMPLE value or an ADDR_EXPR */
	tree size;    /* bytes, of sizetype or an SSA name */
};

static bool pointee_may_be_key(tree type, bool or_void)
{
	tree inner;

	if (!POINTER_TYPE_P(type))
		return false;
	inner = TREE_TYPE(type);
	if (VOID_TYPE_P(inner))
		return or_void;
	inner = strip_array_types(inner);
	return sck_is_fnptr(inner) || (POINTER_TYPE_P(inner) && VOID_TYPE_P(TREE_TYPE(inner))) ||
	       sck_type_has_key(inner, 0, HOST_WIDE_INT_MAX);
}

/*
 * May what this pointer points to be a key? The types of the pointer and of
 * those that it was converted from tell; or_void: an untyped pointer may.
 */
static bool pointer_may_be_key(tree ptr, bool or_void)
{
	HOST_WIDE_INT offset = 0;
	tree var = sck_resolve_pointer(ptr, &offset);
	int steps;

	if (var)
		return VAR_P(var) && sck_var_has_key(var, offset, HOST_WIDE_INT_MAX);
	if (sck_options.stores == SCK_STORES_NAMED)
		return false;
	for (steps = 0; steps < 64 && TREE_CODE(ptr) == SSA_NAME; steps++) {
		gimple *def = SSA_NAME_DEF_STMT(ptr);

		if (pointee_may_be_key(TREE_TYPE(ptr), false))
			return true;
		if (is_gimple_call(def) && (gimple_call_flags(def) & ECF_MALLOC))
			return false;
		if (!is_gimple_assign(def) ||
		    (!gimple_assign_cast_p(def) && !gimple_assign_ssa_name_copy_p(def)))
			break;
		ptr = gimple_assign_rhs1(def);
	}
	return pointee_may_be_key(TREE_TYPE(ptr), or_void);
}

static bool addressable_ref(tree ref)
{
	for (; handled_component_p(ref); ref = TREE_OPERAND(ref, 0)) {
		if (TREE_CODE(ref) == COMPONENT_REF) {
			if (DECL_BIT_FIELD(TREE_OPERAND(ref, 1)))
				return false;
		} else if (TREE_CODE(ref) != ARRAY_REF) {
			return false;
		}
	}
	return true;
}

/* May this store to memory change a key? */
static bool ref_may_be_key(tree lhs, tree *base)
{
	poly_int64 poffset, psize, pmax;
	HOST_WIDE_INT from = 0, to = HOST_WIDE_INT_MAX, size, add = 0;
	bool reverse;
	tree var, type;

	*base = get_ref_base_and_extent(lhs, &poffset, &psize, &pmax, &reverse);
	if (poffset.is_constant(&from) && pmax.is_constant(&size) && size > 0) {
		from /= BITS_PER_UNIT;
		to = from + (size + BITS_PER_UNIT - 1) / BITS_PER_UNIT;
	} else {
		from = 0;
	}
	if (VAR_P(*base))
		return sck_var_has_key(*base, from, to);
	if (TREE_CODE(*base) != MEM_REF || !ADDR_SPACE_GENERIC_P(TYPE_ADDR_SPACE(TREE_TYPE(*base))))
		return false;
	if (tree_fits_shwi_p(TREE_OPERAND(*base, 1)))
		add = tree_to_shwi(TREE_OPERAND(*base, 1));
	var = sck_resolve_pointer(TREE_OPERAND(*base, 0), &add);
	if (var)
		return VAR_P(var) &&
		       sck_var_has_key(var, from + add, to == HOST_WIDE_INT_MAX ? to : to + add);
	if (sck_options.stores == SCK_STORES_NAMED)
		return sck_type_has_tag(TREE_TYPE(*base), from, to);
	/* memcpy(p, q, 8), folded to a scalar copy of any type. */
	if (TYPE_REF_CAN_ALIAS_ALL(TREE_TYPE(TREE_OPERAND(*base, 1))) &&
	    pointer_may_be_key(TREE_OPERAND(*base, 0), true))
		return true;
	type = TREE_TYPE(*base);
	if (RECORD_OR_UNION_TYPE_P(type))
		return sck_type_has_key(type, from, to);
	type = strip_array_types(type);
	return sck_is_fnptr(type) || (POINTER_TYPE_P(type) && VOID_TYPE_P(TREE_TYPE(type))) ||
	       (RECORD_OR_UNION_TYPE_P(type) && sck_type_has_key(type, 0, HOST_WIDE_INT_MAX));
}

static bool ref_target(tree lhs, struct target *target)
{
	tree base;

	if (!lhs || TREE_CODE(lhs) == SSA_NAME || !ref_may_be_key(lhs, &base))
		return false;
	if (!addressable_ref(lhs))
		lhs = base;
	target->size = TYPE_SIZE_UNIT(TREE_TYPE(lhs));
	if (!target->size || TREE_CODE(target->size) != INTEGER_CST)
		return false;
	mark_addressable(lhs);
	target->address = build_fold_addr_expr(unshare_expr(lhs));
	return true;
}

static bool pointer_target(tree ptr, tree size, bool or_void, struct target *target)
{
	if (!POINTER_TYPE_P(TREE_TYPE(ptr)) || !pointer_may_be_key(ptr, or_void))
		return false;
	target->address = ptr;
	target->size = size;
	return true;
}

/* A call of a builtin that writes through its argument. */
static bool builtin_target(gcall *call, struct target *target)
{
	tree word = build_int_cst(size_type_node, UNITS_PER_WORD);

	switch (DECL_FUNCTION_CODE(gimple_call_fndecl(call))) {
	case BUILT_IN_MEMCPY:
	case BUILT_IN_MEMMOVE:
	case BUILT_IN_MEMPCPY:
	case BUILT_IN_MEMSET:
	case BUILT_IN_MEMCPY_CHK:
	case BUILT_IN_MEMMOVE_CHK:
	case BUILT_IN_MEMPCPY_CHK:
	case BUILT_IN_MEMSET_CHK:
		return pointer_target(gimple_call_arg(call, 0), gimple_call_arg(call, 2), true,
				      target);
	case BUILT_IN_BZERO:
		return pointer_target(gimple_call_arg(call, 0), gimple_call_arg(call, 1), true,
				      target);
	case BUILT_IN_BCOPY:
		return pointer_target(gimple_call_arg(call, 1), gimple_call_arg(call, 2), true,
				      target);
	case BUILT_IN_ATOMIC_STORE:
	case BUILT_IN_ATOMIC_EXCHANGE:
	case BUILT_IN_ATOMIC_COMPARE_EXCHANGE:
		return pointer_target(gimple_call_arg(call, 1), gimple_call_arg(call, 0), false,
				      target);
	case BUILT_IN_ATOMIC_STORE_8:
	case BUILT_IN_ATOMIC_EXCHANGE_8:
	case BUILT_IN_ATOMIC_COMPARE_EXCHANGE_8:
	case BUILT_IN_SYNC_LOCK_TEST_AND_SET_8:
	case BUILT_IN_SYNC_LOCK_RELEASE_8:
	case BUILT_IN_SYNC_BOOL_COMPARE_AND_SWAP_8:
	case BUILT_IN_SYNC_VAL_COMPARE_AND_SWAP_8:
		return pointer_target(gimple_call_arg(call, 0), word, false, target);
	case BUILT_IN_ATOMIC_STORE_16:
	case BUILT_IN_ATOMIC_EXCHANGE_16:
	case BUILT_IN_ATOMIC_COMPARE_EXCHANGE_16:
		return pointer_target(gimple_call_arg(call, 0),
				      build_int_cst(size_type_node, 2 * UNITS_PER_WORD), false,
				      target);
	default:
		return false;
	}
}

/* The call of static_call_key_store, right after the store on every way on. */
static void insert_call(gimple_stmt_iterator *gsi, const struct target *target)
{
	gimple *store = gsi_stmt(*gsi);
	gimple_seq seq = NULL;
	tree address = target->address, size;
	gcall *call;

	address = force_gimple_operand(unshare_expr(address), &seq, true, NULL_TREE);
	if (seq)
		annotate_all_with_location(seq, gimple_location(store));
	size = fold_convert(size_type_node, target->size);
	if (!is_gimple_val(size)) {
		gimple_seq more = NULL;

		size = force_gimple_operand(size, &more, true, NULL_TREE);
		gimple_seq_add_seq(&seq, more);
	}
	call = gimple_build_call(get_store_decl(), 2, address, size);
	gimple_set_location(call, gimple_location(store));
	gimple_seq_add_stmt(&seq, call);
	calls++;

	if (stmt_ends_bb_p(store)) {
		edge e = find_fallthru_edge(gimple_bb(store)->succs);

		if (e)
			gsi_insert_seq_on_edge_immediate(e, seq);
	} else {
		gsi_insert_seq_after(gsi, seq, GSI_CONTINUE_LINKING);
	}
}

static bool follow(gimple_stmt_iterator *gsi, const struct target *target)
{
	gimple *store = gsi_stmt(*gsi);
	char *path = TREE_CODE(target->address) == ADDR_EXPR
			     ? sck_ref_path(TREE_OPERAND(target->address, 0))
			     : NULL;

	sck_report_store(store, current_function_decl, path);
	switch (sck_options.stores) {
	case SCK_STORES_SYNC:
	case SCK_STORES_NAMED:
		insert_call(gsi, target);
		break;
	case SCK_STORES_WARN:
		warning_at(gimple_location(store), 0,
			   "store that may change the %<static_call_key%> %qs: its call sites "
			   "do not follow; use %<static_call_key_update%>",
			   path ? path : "*");
		break;
	case SCK_STORES_ERROR:
		error_at(gimple_location(store),
			 "store that may change the %<static_call_key%> %qs: "
			 "use %<static_call_key_update%>",
			 path ? path : "*");
		break;
	}
	free(path);
	return sck_stores_followed();
}

/*
 * Follow the statement at gsi, if it may change keys, by a resync. True if
 * something was inserted; gsi is then at the last inserted statement, or
 * unchanged if that is in another block.
 */
bool sck_sync_stores(gimple_stmt_iterator *gsi)
{
	gimple *stmt = gsi_stmt(*gsi);
	struct target target;
	bool changed = false;
	unsigned int i;

	if (!sck_have_keys() || !gimple_vdef(stmt))
		return false;
	if (is_gimple_assign(stmt)) {
		if (!gimple_clobber_p(stmt) && ref_target(gimple_assign_lhs(stmt), &target))
			changed = follow(gsi, &target);
	} else if (gcall *call = dyn_cast<gcall *>(stmt)) {
		if ((gimple_call_builtin_p(call, BUILT_IN_NORMAL) &&
		     builtin_target(call, &target)) ||
		    ref_target(gimple_call_lhs(call), &target))
			changed = follow(gsi, &target);
	} else if (gasm *asm_stmt = dyn_cast<gasm *>(stmt)) {
		for (i = 0; i < gimple_asm_noutputs(asm_stmt); i++) {
			tree out = TREE_VALUE(gimple_asm_output_op(asm_stmt, i));

			if (ref_target(out, &target))
				changed |= follow(gsi, &target);
		}
	}
	return changed;
}
