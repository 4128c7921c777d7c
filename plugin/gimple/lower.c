/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The early GIMPLE pass:
 *
 *	fp.0_1 = fp;		      becomes
 *	_2 = fp.0_1 (x);			_2 = static_call_key_trampoline.fp (x);
 *
 * It runs right after SSA construction, at every -O level, before the early
 * inliner. Here a load and its call still stand as the source has them; later,
 * CSE, PRE and store forwarding hide where a pointer came from, or make it look
 * as if it came from elsewhere. Everything after this pass sees a direct call of
 * an external hidden function, so tail calls, PIC, the red zone, unwind and debug
 * information are GCC's own; inlining and cloning may copy the call as they like,
 * and sites.c finds each copy.
 *
 * A call that stays indirect is reported with its reason. If its key is
 * nop_if_null, the callee is replaced: fp ? fp : static_call_key_return_zero.
 *
 * To debug: -fdump-tree-static_call_key, -fplugin-arg-static_call-verbose.
 */
#include "gcc-compat.h"
#include "model/options.h"
#include "model/decl.h"
#include "model/dynamic.h"
#include "model/keys.h"
#include "model/likely.h"
#include "model/sets.h"
#include "model/report.h"
#include "emit/emit.h"
#include "front/front.h"
#include "rtl/passes.h"
#include "gimple/passes.h"

static tree return_zero_decl;

/* long static_call_key_return_zero(void): 0 in %rax and %rdx; see functions.c. */
static tree lower_return_zero(void)
{
	if (!return_zero_decl) {
		tree type = build_function_type_list(long_integer_type_node, NULL_TREE);

		return_zero_decl = sck_hidden_function(STATIC_CALL_KEY_RETURN_ZERO, type);
		sck_want_part(SCK_PART_RETURN_ZERO, NULL_TREE);
	}
	return return_zero_decl;
}

/* Let the call, which stays indirect, go to a function that returns zero where fn is NULL. */
static void lower_guard_null(gimple_stmt_iterator *gsi, gcall *call)
{
	tree fn = gimple_call_fn(call), type = TREE_TYPE(fn), zero, guarded, test;
	gassign *assign;

	zero = build1(ADDR_EXPR, build_pointer_type(TREE_TYPE(lower_return_zero())),
		      lower_return_zero());
	TREE_ADDRESSABLE(lower_return_zero()) = 1;
	assign = gimple_build_assign(make_ssa_name(type), NOP_EXPR, zero);
	gimple_set_location(assign, gimple_location(call));
	gsi_insert_before(gsi, assign, GSI_SAME_STMT);
	zero = gimple_assign_lhs(assign);
	guarded = make_ssa_name(type);
	test = make_ssa_name(boolean_type_node);
	assign = gimple_build_assign(test, NE_EXPR, fn, build_zero_cst(type));
	gimple_set_location(assign, gimple_location(call));
	gsi_insert_before(gsi, assign, GSI_SAME_STMT);
	assign = gimple_build_assign(guarded, COND_EXPR, test, fn, zero);
	gimple_set_location(assign, gimple_location(call));
	gsi_insert_before(gsi, assign, GSI_SAME_STMT);
	gimple_call_set_fn(call, guarded);
	update_stmt(call);
}

/* Remove the load, and the copies on the way to it, that nobody uses any more. */
static void lower_remove_dead_loads(tree name)
{
	while (TREE_CODE(name) == SSA_NAME && has_zero_uses(name)) {
		gimple *def = SSA_NAME_DEF_STMT(name);
		gimple_stmt_iterator gsi;

		if (!is_gimple_assign(def) || gimple_has_volatile_ops(def) ||
		    (SSA_NAME_VAR(name) && !DECL_IGNORED_P(SSA_NAME_VAR(name))))
			return;
		name = gimple_assign_rhs1(def);
		gsi = gsi_for_stmt(def);
		if (stmt_ends_bb_p(def)) /* -fnon-call-exceptions */
			return;
		gsi_remove(&gsi, true);
		release_defs(def);
	}
}

/* Does the clobber set of this call's type make sense? Complain if not. */
static bool lower_limits_possible(gcall *call)
{
	tree fntype = gimple_call_fntype(call);
	location_t loc = gimple_location(call);

	if (!sck_clobbers_fit(fntype, loc))
		return false;
	if (flag_lto || sck_abi_available(fntype))
		return true;
	error_at(loc,
		 "too many different %<static_call_clobbers%> in calls of this unit: GCC has "
		 "room for %u",
		 sck_abi_room());
	return false;
}

/*
 * ({ ...; &function; })(x), which the kernel's static_call() is, and the like: GCC makes a
 * direct call of it, when it propagates constants.
 */
static bool lower_is_direct(tree callee)
{
	gimple *def;

	if (!optimize || !flag_tree_ccp)
		return false;
	while (TREE_CODE(callee) == SSA_NAME) {
		def = SSA_NAME_DEF_STMT(callee);
		if (!gimple_assign_single_p(def) && !gimple_assign_cast_p(def))
			return false;
		if (TYPE_PRECISION(TREE_TYPE(callee)) != POINTER_SIZE)
			return false;
		callee = gimple_assign_rhs1(def);
	}
	return TREE_CODE(callee) == ADDR_EXPR &&
	       TREE_CODE(TREE_OPERAND(callee, 0)) == FUNCTION_DECL;
}

/* True if the call was changed. */
static bool lower_call(gimple_stmt_iterator *gsi)
{
	gcall *call = as_a<gcall *>(gsi_stmt(*gsi));
	tree callee = gimple_call_fn(call);
	struct sck_description from;
	struct sck_origin origin;
	struct sck_key *key;
	bool changed = false;

	/* A constant address is called through a pointer, too, but &object is not. */
	if (gimple_call_internal_p(call) || gimple_call_fndecl(call) || !callee ||
	    TREE_CODE(callee) == ADDR_EXPR || lower_is_direct(callee))
		return false;
	sck_find_origin(call, &origin, false);
	if (origin.reason == SCK_DIRECT && !lower_limits_possible(call))
		origin.reason = SCK_UNTAGGED;
	if (sck_options.report_file)
		sck_describe_callee(call, &origin, &from);
	if (origin.reason != SCK_DIRECT)
		sck_mark_dynamic(call);
	sck_report_call(call, current_function_decl, origin.reason, origin.ref.path, &from);
	if (sck_options.report_file)
		sck_free_description(&from);
	if (origin.reason == SCK_DIRECT) {
		key = sck_key_get(&origin.ref, gimple_call_fntype(call),
				  gimple_call_chain(call) != NULL_TREE);
		/* Otherwise asked when all callers are known; -flto writes the trampoline now. */
		if (!flag_lto || sck_trampoline_possible(key, gimple_location(call)))
			sck_want_key(key);
		gimple_call_set_fndecl(call, key->trampoline);
		gimple_call_set_fntype(call, sck_not_constant(gimple_call_fntype(call)));
		update_stmt(call);
		lower_remove_dead_loads(callee);
		changed = true;
	} else if (sck_tag_says(origin.ref.tag, "nop_if_null")) {
		lower_guard_null(gsi, call);
		changed = true;
	}
	free(origin.ref.path);
	return changed;
}

namespace {

const pass_data lower_pass_data = {
	GIMPLE_PASS,
	SCK_ATTRIBUTE, /* name; static_call.c looks for it */
	OPTGROUP_NONE,
	TV_NONE,
	PROP_cfg | PROP_ssa, /* properties_required */
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

class lower_pass : public gimple_opt_pass {
public:
	lower_pass(gcc::context *ctxt) : gimple_opt_pass(lower_pass_data, ctxt) {}
	bool gate(function *) { return !sck_options.disable; }
	unsigned int execute(function *fn);
};

/* Clobber sets: what this function is, and what it does with pointers to such. */
static void lower_check_clobbers(function *fn)
{
	tree type = TREE_TYPE(fn->decl);
	gimple_stmt_iterator gsi;
	basic_block bb;
	gphi_iterator phi;

	if (lookup_attribute(SCK_CLOBBERS, TYPE_ATTRIBUTES(type))) {
		if (sck_clobbers_fit(type, DECL_SOURCE_LOCATION(fn->decl)) && stdarg_p(type))
			error_at(DECL_SOURCE_LOCATION(fn->decl),
				 "a variadic function cannot be defined with "
				 "%<static_call_clobbers%>");
		/* A function that looks the same may keep less. */
		DECL_ATTRIBUTES(fn->decl) =
			tree_cons(get_identifier("no_icf"), NULL_TREE, DECL_ATTRIBUTES(fn->decl));
		sck_want_plugin_at_link();
	}
	FOR_EACH_BB_FN(bb, fn) {
		for (phi = gsi_start_phis(bb); !gsi_end_p(phi); gsi_next(&phi))
			sck_check_flow(phi.phi());
		for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi))
			sck_check_flow(gsi_stmt(gsi));
	}
}

static void lower_check_updates(function *fn)
{
	gimple_stmt_iterator gsi;
	basic_block bb;

	FOR_EACH_BB_FN(bb, fn)
		for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi))
			if (is_gimple_call(gsi_stmt(gsi)))
				sck_check_update(as_a<gcall *>(gsi_stmt(gsi)));
}

/* Functions that keys are given, for the guards. */
static void lower_note_values(gimple *stmt)
{
	if (!optimize || !sck_have_keys())
		return;
	if (gimple_assign_single_p(stmt) || gimple_assign_cast_p(stmt))
		sck_note_stored(gimple_assign_lhs(stmt), gimple_assign_rhs1(stmt));
	else if (is_gimple_call(stmt) && gimple_call_fndecl(stmt) &&
		 sck_api_is(gimple_call_fndecl(stmt), SCK_API_UPDATE) &&
		 gimple_call_num_args(stmt) == 2)
		sck_note_updated(gimple_call_arg(stmt, 0), gimple_call_arg(stmt, 1));
}

unsigned int lower_pass::execute(function *fn)
{
	auto_vec<basic_block> blocks;
	gimple_stmt_iterator gsi;
	bool changed = false;
	basic_block bb;
	unsigned int i;

	if (sck_have_limited())
		lower_check_clobbers(fn);
	if (sck_has_updates())
		lower_check_updates(fn);
	if (!sck_have_keys() && !sck_have_wishes() && !sck_options.report &&
	    !sck_options.report_file)
		return 0;
	/* Resyncs may split edges: visit the blocks there were. */
	FOR_EACH_BB_FN(bb, fn)
		blocks.safe_push(bb);
	FOR_EACH_VEC_ELT(blocks, i, bb)
		for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi)) {
			if (is_gimple_call(gsi_stmt(gsi)))
				changed |= lower_call(&gsi);
			lower_note_values(gsi_stmt(gsi));
			if (sck_options.report_file) {
				sck_report_untagged(gsi_stmt(gsi));
				sck_describe_store(gsi_stmt(gsi));
			}
			changed |= sck_sync_stores(&gsi);
		}
	return changed ? TODO_update_ssa_only_virtuals | TODO_cleanup_cfg : 0;
}

} /* namespace */

opt_pass *sck_make_lower_pass(void)
{
	return new lower_pass(g);
}
