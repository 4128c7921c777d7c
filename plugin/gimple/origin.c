/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where does the callee of an indirect call come from, and may the call be bound
 * to the key instead of to the value that was loaded?
 *
 *	fp.0_1 = fp;			the designator of fp(g(a)): a temporary of the
 *	_2 = g(a);			gimplifier, used once. C leaves open whether fp
 *	fp.0_1(_2);			is read before or after g(a): bind at the call.
 *
 *	p_1 = fp;			a copy that the user made keeps its value:
 *	if (p_1 != 0)			bind at the call only if nothing on any way from
 *	  p_1(x);			the load to the call may change fp.
 */
#include "gcc-compat.h"
#include "model/options.h"
#include "model/keys.h"
#include "gimple/passes.h"

/* Bound on the statements that one walk may look at; past it, assume a change. */
#define WALK_LIMIT 4096

/*
 * May a statement between the load and the call change what was loaded? Walk
 * the virtual definitions back from the call. The load dominates the call, so on
 * every way back the memory state that the load saw comes up before anything
 * that happened earlier.
 */
static bool origin_changed_between(gimple *load, gimple *call)
{
	tree seen = gimple_vuse(load), vuse;
	auto_vec<tree, 32> work;
	auto_bitmap visited;
	unsigned int steps = 0;
	ao_ref ref;

	if (!gimple_vuse(call) || !seen)
		return true;
	ao_ref_init(&ref, gimple_assign_rhs1(load));
	work.safe_push(gimple_vuse(call));
	while (!work.is_empty()) {
		gimple *def;

		vuse = work.pop();
		if (vuse == seen || !bitmap_set_bit(visited, SSA_NAME_VERSION(vuse)))
			continue;
		def = SSA_NAME_DEF_STMT(vuse);
		if (gimple_nop_p(def) || ++steps > WALK_LIMIT)
			return true;
		if (gphi *phi = dyn_cast<gphi *>(def)) {
			for (unsigned int i = 0; i < gimple_phi_num_args(phi); i++)
				work.safe_push(gimple_phi_arg_def(phi, i));
			continue;
		}
		if (stmt_may_clobber_ref_p_1(def, &ref))
			return true;
		work.safe_push(gimple_vuse(def));
	}
	return false;
}

/* An atomic load from a key: __atomic_load_n, or the read of an _Atomic pointer. */
static bool origin_atomic_load(gimple *def, struct sck_ref *ref, tree assumed)
{
	tree ptr;

	if (!gimple_call_builtin_p(def, BUILT_IN_NORMAL))
		return false;
	switch (DECL_FUNCTION_CODE(gimple_call_fndecl(def))) {
	case BUILT_IN_ATOMIC_LOAD_8:
	case BUILT_IN_ATOMIC_LOAD_N:
	case BUILT_IN_ATOMIC_LOAD:
	case BUILT_IN_SYNC_VAL_COMPARE_AND_SWAP_8:
	case BUILT_IN_ATOMIC_EXCHANGE_8:
	case BUILT_IN_SYNC_LOCK_TEST_AND_SET_8:
		break;
	default:
		return false;
	}
	ptr = gimple_call_arg(
		def, DECL_FUNCTION_CODE(gimple_call_fndecl(def)) == BUILT_IN_ATOMIC_LOAD ? 1 : 0);
	if (TREE_CODE(ptr) == SSA_NAME) {
		tree type = TREE_TYPE(TREE_TYPE(ptr));

		if (!sck_is_fnptr(type))
			return false;
		ptr = build2(MEM_REF, type, ptr, build_zero_cst(TREE_TYPE(ptr)));
		sck_classify_ref(ptr, ref, assumed);
	} else if (TREE_CODE(ptr) == ADDR_EXPR) {
		sck_classify_ref(TREE_OPERAND(ptr, 0), ref, assumed);
	} else {
		return false;
	}
	if (ref->reason == SCK_UNTAGGED)
		return false;
	ref->reason = SCK_ATOMIC;
	return true;
}

/*
 * A load from a local temporary that the front end filled by an atomic load,
 * as it does for _Atomic objects.
 */
static gimple *origin_store_behind(gimple *load)
{
	tree rhs = gimple_assign_rhs1(load);
	gimple *def;

	if (!VAR_P(rhs) || is_global_var(rhs) || !gimple_vuse(load))
		return NULL;
	def = SSA_NAME_DEF_STMT(gimple_vuse(load));
	if (is_gimple_assign(def) && gimple_assign_single_p(def) &&
	    get_base_address(gimple_assign_lhs(def)) == rhs &&
	    TREE_CODE(gimple_assign_rhs1(def)) == SSA_NAME)
		return SSA_NAME_DEF_STMT(gimple_assign_rhs1(def));
	return gimple_call_builtin_p(def, BUILT_IN_NORMAL) ? def : NULL;
}

/*
 * Follow copies and pointer conversions back to the load. *copied: a name on the
 * way is more than the gimplifier's own temporary: a variable of the user's, the
 * value of a statement expression, or a value that is used elsewhere too.
 */
static gimple *origin_find_load(tree name, bool *copied)
{
	int steps;

	*copied = false;
	for (steps = 0; steps < 64; steps++) {
		gimple *def;

		if (TREE_CODE(name) != SSA_NAME || SSA_NAME_IS_DEFAULT_DEF(name))
			return NULL;
		if (SSA_NAME_VAR(name) || !has_single_use(name))
			*copied = true;
		def = SSA_NAME_DEF_STMT(name);
		if (gimple_assign_load_p(def) || !is_gimple_assign(def))
			return def;
		if (gimple_assign_cast_p(def)) {
			tree from = TREE_TYPE(gimple_assign_rhs1(def));

			if ((!INTEGRAL_TYPE_P(from) && !POINTER_TYPE_P(from)) ||
			    TYPE_PRECISION(from) != POINTER_SIZE)
				return NULL;
		} else if (!gimple_assign_ssa_name_copy_p(def)) {
			return NULL;
		}
		name = gimple_assign_rhs1(def);
	}
	return NULL;
}

/* Does one of the values that a PHI merges come from a key? */
static bool origin_merges_key(gphi *phi, struct sck_ref *ref, tree assumed)
{
	unsigned int i;
	gimple *def;
	bool copied;

	for (i = 0; i < gimple_phi_num_args(phi); i++) {
		def = origin_find_load(gimple_phi_arg_def(phi, i), &copied);
		if (!def || !gimple_assign_load_p(def))
			continue;
		sck_classify_ref(gimple_assign_rhs1(def), ref, assumed);
		if (ref->reason != SCK_UNTAGGED)
			return true;
		free(ref->path);
		ref->path = NULL;
	}
	return false;
}

/*
 * -fgnu-tm: what transactions call has a second body, which GCC or the library of
 * transactions finds by the address of the first. A trampoline has none.
 */
static bool origin_in_transaction(void)
{
	static const char *const attributes[] = { "transaction_safe", "transaction_callable",
						  "transaction_may_cancel_outer" };
	tree type = TREE_TYPE(current_function_decl);
	basic_block bb;
	unsigned int i;

	if (!flag_tm)
		return false;
	for (i = 0; i < ARRAY_SIZE(attributes); i++)
		if (lookup_attribute(attributes[i], TYPE_ATTRIBUTES(type)))
			return true;
	FOR_EACH_BB_FN(bb, cfun) {
		gimple_stmt_iterator last = gsi_last_bb(bb);

		if (!gsi_end_p(last) && gimple_code(gsi_stmt(last)) == GIMPLE_TRANSACTION)
			return true;
	}
	return false;
}

/*
 * The caller frees origin->ref.path. as_if: what would be, if the pointer that is loaded had
 * a tag.
 */
void sck_find_origin(gcall *call, struct sck_origin *origin, bool as_if)
{
	tree assumed = as_if ? build_tree_list(get_identifier(SCK_ATTRIBUTE), NULL_TREE)
			     : NULL_TREE;
	bool copied;
	gimple *def;

	memset(origin, 0, sizeof(*origin));
	origin->reason = TREE_CODE(gimple_call_fn(call)) == OBJ_TYPE_REF ? SCK_VIRTUAL
									 : SCK_UNTAGGED;
	if ((!sck_have_keys() && !as_if) || origin->reason == SCK_VIRTUAL)
		return;
	def = origin_find_load(gimple_call_fn(call), &copied);
	if (!def)
		return;
	if (gphi *phi = dyn_cast<gphi *>(def)) {
		if (origin_merges_key(phi, &origin->ref, assumed)) {
			origin->reason = SCK_SEVERAL_VALUES;
			/* The merged value is the user's: a NULL in it is no key's. */
			origin->ref.tag = NULL_TREE;
		}
		return;
	}
	if (gimple_assign_load_p(def)) {
		gimple *behind = origin_store_behind(def);

		if (behind && origin_atomic_load(behind, &origin->ref, assumed)) {
			origin->reason = SCK_ATOMIC;
			return;
		}
		sck_classify_ref(gimple_assign_rhs1(def), &origin->ref, assumed);
		if (origin->ref.reason == SCK_DIRECT && gimple_has_volatile_ops(def))
			origin->ref.reason = SCK_VOLATILE;
		origin->reason = origin->ref.reason;
	} else if (origin_atomic_load(def, &origin->ref, assumed)) {
		origin->reason = SCK_ATOMIC;
	}
	if (origin->reason != SCK_DIRECT)
		return;

	origin->load = def;
	/*
	 * ({ struct guard g; fp; })(x): the load is a step of its own, and g's
	 * destructor runs after it. Such a load stands in a scope of its own.
	 */
	if (gimple_block(def) != gimple_block(call))
		copied = true;
	if (sck_no_direct_calls())
		origin->reason = SCK_CODE_MODEL;
	else if (origin_in_transaction())
		origin->reason = SCK_TRANSACTION;
	else if (copied && origin_changed_between(def, call))
		origin->reason = SCK_CHANGED_BETWEEN;
	else if (sck_options.strict && origin_changed_between(def, call))
		origin->reason = SCK_STRICT;
}
