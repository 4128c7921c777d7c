/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * After inlining: guards whose function GCC has not inlined are taken back. A call stands
 * there again, an ordinary site. Of several functions those that were inlined stay.
 */
#include "gcc-compat.h"
#include "static_call_abi.h"
#include "model/decl.h"
#include "model/calls.h"
#include "model/report.h"
#include "gimple/passes.h"
#include "gimple/guard.h"

/* Does this statement come from the body of fn? */
static bool fold_is_of(gimple *stmt, tree fn)
{
	tree block = gimple_block(stmt);

	for (; block && TREE_CODE(block) == BLOCK; block = BLOCK_SUPERCONTEXT(block))
		if (BLOCK_ABSTRACT_ORIGIN(block) && block_ultimate_origin(block) == DECL_ORIGIN(fn))
			return true;
	return false;
}

/*
 * Does the block begin with a call of fn, or of a copy that GCC has made of it? Before the
 * call there may be what such a copy's arguments are made of.
 */
static bool fold_calls(basic_block bb, tree fn)
{
	gimple_stmt_iterator gsi;
	cgraph_node *node, *called;

	for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi)) {
		gimple *stmt = gsi_stmt(gsi);
		tree decl;

		if (!is_gimple_call(stmt) || gimple_call_internal_p(stmt))
			continue;
		decl = gimple_call_fndecl(stmt);
		if (!decl || fold_is_of(stmt, fn))
			return false;
		if (decl == fn || DECL_ORIGIN(decl) == DECL_ORIGIN(fn))
			return true;
		node = cgraph_node::get(fn);
		called = cgraph_node::get(decl);
		return node && called &&
		       node->ultimate_alias_target() == called->ultimate_alias_target();
	}
	return false;
}

/* Replace a guard by one of fewer functions, or, if there are none left, by nothing. */
static void fold_rebuild(gasm *guard, const tree *values, const basic_block *fast,
			 unsigned int count)
{
	basic_block head = gimple_bb(guard), slow = sck_guard_slow(guard);
	tree trampoline = sck_guard_trampoline(guard);
	gimple_stmt_iterator gsi = gsi_for_stmt(guard);
	location_t loc = gimple_location(guard);
	edge_iterator ei;
	unsigned int i;
	edge e;

	for (ei = ei_start(head->succs); (e = ei_safe_edge(ei));) {
		bool stays = e->dest == slow;

		for (i = 0; i < count; i++)
			stays |= e->dest == fast[i];
		e->flags &= ~EDGE_FALLTHRU;
		if (stays)
			ei_next(&ei);
		else
			remove_edge(e);
	}
	e = find_edge(head, count ? fast[0] : slow);
	e->flags |= EDGE_FALLTHRU;
	if (count) {
		for (i = 0; i < count; i++)
			find_edge(head, fast[i])->probability =
				profile_probability::guessed_always().apply_scale(1, count);
		gsi_insert_before(&gsi, sck_guard_build(trampoline, slow, values, fast, count, loc),
				  GSI_SAME_STMT);
	} else {
		e->probability = profile_probability::always();
		slow->count = head->count;
	}
	gsi_remove(&gsi, true);
}

/* What the guard is for, as the reports have it. */
static const char *fold_path(gasm *guard)
{
	struct sck_key *key = sck_key_of_trampoline(sck_guard_trampoline(guard));

	return key ? key->path : sck_trampoline_symbol(sck_guard_trampoline(guard)) + 1;
}

/* True if the guard was changed. */
static bool fold_guard(gasm *guard)
{
	basic_block fast[STATIC_CALL_KEY_GUARD_MAX];
	tree values[STATIC_CALL_KEY_GUARD_MAX];
	unsigned int i, all = sck_guard_count(guard), count = 0;

	for (i = 0; i < all; i++) {
		tree target = sck_guard_target(guard, i);
		bool called;

		values[count] = sck_guard_value_of(guard, i);
		fast[count] = sck_guard_fast(guard, i);
		called = target && target != null_pointer_node && fold_calls(fast[count], target);
		sck_report_guard(gimple_location(guard), current_function_decl, fold_path(guard),
				 target, called ? SCK_GUARD_NOT_INLINED : SCK_GUARDED);
		count += !called;
	}
	if (count == all)
		return false;
	fold_rebuild(guard, values, fast, count);
	return true;
}

namespace {

const pass_data fold_pass_data = {
	GIMPLE_PASS,
	"static_call_fold", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	PROP_cfg | PROP_ssa, /* properties_required */
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

class fold_pass : public gimple_opt_pass {
public:
	fold_pass(gcc::context *ctxt) : gimple_opt_pass(fold_pass_data, ctxt) {}
	bool gate(function *) { return in_lto_p || sck_key_count(); }
	unsigned int execute(function *);
};

unsigned int fold_pass::execute(function *fn)
{
	auto_vec<gasm *> guards;
	bool changed = false;
	unsigned int i;
	basic_block bb;
	gasm *guard;

	FOR_EACH_BB_FN(bb, fn) {
		gimple_stmt_iterator gsi = gsi_last_nondebug_bb(bb);
		gimple *last = gsi_end_p(gsi) ? NULL : gsi_stmt(gsi);

		if (last && sck_guard_trampoline(last))
			guards.safe_push(as_a<gasm *>(last));
	}
	FOR_EACH_VEC_ELT(guards, i, guard)
		changed |= fold_guard(guard);
	if (!changed)
		return 0;
	free_dominance_info(CDI_DOMINATORS);
	free_dominance_info(CDI_POST_DOMINATORS);
	if (current_loops)
		loops_state_set(LOOPS_NEED_FIXUP);
	return TODO_cleanup_cfg | TODO_update_ssa | TODO_rebuild_cgraph_edges;
}

} /* namespace */

opt_pass *sck_make_fold_pass(void)
{
	return new fold_pass(g);
}
