/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Resyncs as statements: which calls are some, what must not happen before them, and
 * which memory they are for.
 */
#include "gcc-compat.h"
#include "model/decl.h"
#include "model/keys.h"
#include "emit/emit.h"
#include "gimple/resync.h"

/* By name, as the declarations may have come through link-time optimization. */
static bool stmt_calls(gimple *stmt, const char *symbol)
{
	tree fn = is_gimple_call(stmt) ? gimple_call_fndecl(stmt) : NULL_TREE;

	return fn && DECL_EXTERNAL(fn) && DECL_VISIBILITY(fn) == VISIBILITY_HIDDEN &&
	       !strcmp(sck_bare_name(fn), symbol);
}

bool sck_is_maybe(gimple *stmt)
{
	return stmt_calls(stmt, STATIC_CALL_KEY_STORE_MAYBE);
}

bool sck_is_resync(gimple *stmt)
{
	return stmt_calls(stmt, STATIC_CALL_KEY_STORE) || sck_is_maybe(stmt);
}

/* May it be the program's own function, which does what it likes? */
static bool call_is_own(tree fn)
{
	cgraph_node *node = cgraph_node::get(fn);

	return (&flag_hosted && !flag_hosted) || (node && node->definition);
}

/* Functions that neither call back nor let another thread know of anything. */
bool sck_is_quiet_call(gcall *call)
{
	if (gimple_call_internal_p(call))
		return true;
	if (!gimple_call_builtin_p(call, BUILT_IN_NORMAL))
		return false;
	if (gimple_call_flags(call) & ECF_CONST)
		return true;
	if (call_is_own(gimple_call_fndecl(call)))
		return false;
	switch (DECL_FUNCTION_CODE(gimple_call_fndecl(call))) {
	case BUILT_IN_MEMCPY:
	case BUILT_IN_MEMMOVE:
	case BUILT_IN_MEMPCPY:
	case BUILT_IN_MEMSET:
	case BUILT_IN_MEMCMP:
	case BUILT_IN_MEMCHR:
	case BUILT_IN_STRLEN:
	case BUILT_IN_STRCMP:
	case BUILT_IN_STRNCMP:
	case BUILT_IN_STRCHR:
	case BUILT_IN_BZERO:
	case BUILT_IN_BCOPY:
		return true;
	default:
		return false;
	}
}

/* A store to a key through a pointer to volatile: one of a run, as GMP fills its table. */
static bool stmt_is_volatile_store(gimple *stmt)
{
	gimple_stmt_iterator gsi;

	if (!gimple_assign_single_p(stmt) || !gimple_store_p(stmt) ||
	    !is_gimple_val(gimple_assign_rhs1(stmt)))
		return false;
	gsi = gsi_for_stmt(stmt);
	gsi_next_nondebug(&gsi);
	return !gsi_end_p(gsi) && sck_is_resync(gsi_stmt(gsi));
}

/* Must stores be resynced before this statement? */
bool sck_is_resync_barrier(gimple *stmt)
{
	if (is_gimple_debug(stmt) || sck_is_resync(stmt))
		return false;
	if (stmt_is_volatile_store(stmt) && !stmt_could_throw_p(cfun, stmt))
		return false;
	if (gcall *call = dyn_cast<gcall *>(stmt))
		return !sck_is_quiet_call(call) || stmt_ends_bb_p(stmt);
	return gimple_has_volatile_ops(stmt) || gimple_code(stmt) == GIMPLE_ASM ||
	       gimple_code(stmt) == GIMPLE_TRANSACTION || gimple_code(stmt) == GIMPLE_RETURN ||
	       gimple_code(stmt) == GIMPLE_RESX || gimple_code(stmt) == GIMPLE_EH_DISPATCH ||
	       stmt_could_throw_p(cfun, stmt) || computed_goto_p(stmt);
}

/*
 * Where a resync begins: base, a variable or an SSA name, and so many bytes past it; or
 * an ADDR_EXPR, of an element that is not known.
 */
tree sck_resync_base(gimple *stmt, HOST_WIDE_INT *offset)
{
	tree ptr = gimple_call_arg(stmt, 0), base;
	poly_int64 poffset;
	HOST_WIDE_INT add;
	gimple *def;

	*offset = 0;
	for (;;) {
		if (TREE_CODE(ptr) == ADDR_EXPR) {
			base = get_addr_base_and_unit_offset(TREE_OPERAND(ptr, 0), &poffset);
			if (!base || !poffset.is_constant(&add))
				return ptr;
			*offset += add;
			if (TREE_CODE(base) != MEM_REF)
				return base;
			if (!tree_fits_shwi_p(TREE_OPERAND(base, 1)))
				return gimple_call_arg(stmt, 0);
			*offset += tree_to_shwi(TREE_OPERAND(base, 1));
			ptr = TREE_OPERAND(base, 0);
			continue;
		}
		if (TREE_CODE(ptr) != SSA_NAME)
			return ptr;
		def = SSA_NAME_DEF_STMT(ptr);
		if (!is_gimple_assign(def))
			return ptr;
		if (gimple_assign_rhs_code(def) == POINTER_PLUS_EXPR &&
		    tree_fits_shwi_p(gimple_assign_rhs2(def)))
			*offset += tree_to_shwi(gimple_assign_rhs2(def));
		else if (gimple_assign_rhs_code(def) != ADDR_EXPR &&
			 !gimple_assign_ssa_name_copy_p(def) &&
			 !(gimple_assign_cast_p(def) &&
			   POINTER_TYPE_P(TREE_TYPE(gimple_assign_rhs1(def)))))
			return ptr;
		ptr = gimple_assign_rhs1(def);
	}
}

/* The roots of phis: of one that is being asked, NULL_TREE. */
typedef hash_map<gphi *, tree> phi_roots;

static tree resync_root_of(tree ptr, phi_roots *roots);

/* That of all its arguments, or the phi's result itself. */
static tree phi_root(gphi *phi, phi_roots *roots)
{
	tree result = gimple_phi_result(phi), root = NULL_TREE, other;
	bool differ = false, known;
	tree *before = &roots->get_or_insert(phi, &known);
	unsigned int i;

	if (known)
		return *before;
	*before = NULL_TREE; /* round the loop */
	for (i = 0; i < gimple_phi_num_args(phi) && !differ; i++) {
		other = resync_root_of(gimple_phi_arg_def(phi, i), roots);
		differ = other && root && other != root;
		root = other ? other : root;
	}
	if (differ || !root || TREE_CODE(root) != SSA_NAME)
		root = result;
	roots->put(phi, root);
	return root;
}

/*
 * The pointer that ptr was made from by arithmetic, or ptr itself: an SSA name that is
 * set before. Round a loop, a pointer that moves stays one into the same object.
 */
static tree resync_root_of(tree ptr, phi_roots *roots)
{
	tree other, rhs;
	gimple *def;

	for (;;) {
		if (TREE_CODE(ptr) == ADDR_EXPR) {
			other = get_base_address(TREE_OPERAND(ptr, 0));
			if (!other || TREE_CODE(other) != MEM_REF)
				return ptr;
			ptr = TREE_OPERAND(other, 0);
			continue;
		}
		if (TREE_CODE(ptr) != SSA_NAME || !POINTER_TYPE_P(TREE_TYPE(ptr)))
			return ptr;
		def = SSA_NAME_DEF_STMT(ptr);
		if (gphi *phi = dyn_cast<gphi *>(def))
			return phi_root(phi, roots);
		if (!is_gimple_assign(def))
			return ptr;
		rhs = gimple_assign_rhs1(def);
		if (gimple_assign_rhs_code(def) != POINTER_PLUS_EXPR &&
		    gimple_assign_rhs_code(def) != ADDR_EXPR &&
		    !gimple_assign_ssa_name_copy_p(def) &&
		    !(gimple_assign_cast_p(def) && POINTER_TYPE_P(TREE_TYPE(rhs))))
			return ptr;
		ptr = rhs;
	}
}

/*
 * The pointer that the address of a resync was made from, or NULL_TREE. A name that has to stay in
 * one place with others, because of abnormal edges, may not be used after they are set.
 */
tree sck_resync_root(gimple *stmt)
{
	phi_roots roots;
	tree root = resync_root_of(gimple_call_arg(stmt, 0), &roots);

	return root && TREE_CODE(root) == SSA_NAME && !SSA_NAME_OCCURS_IN_ABNORMAL_PHI(root)
		       ? root
		       : NULL_TREE;
}

/* Does the address certainly lie in the range, where there is a runtime? */
bool sck_resync_certain(gimple *stmt)
{
	HOST_WIDE_INT offset;
	tree base = sck_resync_base(stmt, &offset);

	if (TREE_CODE(base) == ADDR_EXPR)
		base = get_base_address(TREE_OPERAND(base, 0));
	return TREE_CODE(base) == INTEGER_CST ||
	       (VAR_P(base) && sck_var_has_key(base, 0, HOST_WIDE_INT_MAX));
}

void sck_resync_remove(gimple *stmt)
{
	gimple_stmt_iterator gsi = gsi_for_stmt(stmt);

	unlink_stmt_vdef(stmt);
	gsi_remove(&gsi, true);
	release_defs(stmt);
}
