/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Guards: where the unit tells what a key most likely holds, that function is inlined.
 *
 *	r = trampoline (x);	becomes		asm goto ("jmp slow");
 *						r1 = fn (x);
 *					join:	r = PHI <r1, r2>
 *						...
 *					slow:	r2 = trampoline (x);
 *						goto join;
 *
 * While the key holds fn, the runtime makes a no-op of the jump. With several functions
 * the jump leads to the one that the key holds. GCC then inlines fn as it does
 * elsewhere, or not; if not, guard-fold.c takes the guard back, after inlining.
 *
 * This is the last of the small passes over the whole unit: functions have been optimized
 * once, so that it is known how large they are; a profile has been counted or read, and is
 * that of the program without the plugin; and with -flto nothing has been streamed yet.
 *
 * A call that is not hot, or a function that is not small, is not worth it, unless the user
 * names the function. What the guard reads is no memory: GCC may move loads and
 * stores across it, as it does with a call that is inlined.
 */
#include "gcc-compat.h"
#include "model/options.h"
#include "model/keys.h"
#include "gimple/passes.h"
#include "gimple/guard.h"

/*
 * Is this function compiled so that others are inlined into it? In the kernel objtool takes
 * what stands behind a jump for code that is never reached, and makes no unwind data of it,
 * unless the guard is known as one of the kernel's jump labels (rtl/guards.c), or
 * objtool reads the table of guards (kernel-builtin).
 */
static bool guard_may_be_in(cgraph_node *caller)
{
	tree decl = caller->decl;

	return sck_options_beyond_branches() && opt_for_fn(decl, optimize) &&
	       !opt_for_fn(decl, optimize_debug) && !opt_for_fn(decl, flag_no_inline) && !flag_tm &&
	       !lookup_attribute("naked", DECL_ATTRIBUTES(decl));
}

/* ---- how it is built ---- */

/* The call stands alone in its block; behind it is another one, NULL if it does not return. */
static basic_block guard_isolate(gcall *call, basic_block *head)
{
	basic_block slow = gimple_bb(call);
	gimple_stmt_iterator gsi = gsi_for_stmt(call);
	edge e;

	gsi_prev(&gsi);
	if (gsi_end_p(gsi))
		e = split_block_after_labels(slow);
	else
		e = split_block(slow, gsi_stmt(gsi));
	*head = e->src;
	slow = e->dest;
	if (!stmt_ends_bb_p(call))
		return split_block(slow, call)->dest;
	e = find_fallthru_edge(slow->succs);
	return e ? split_edge(e) : NULL;
}

/* The same ways out of bb, for exceptions and longjmp(), as those of the block of the call. */
static void guard_copy_edges(basic_block slow, basic_block bb)
{
	edge_iterator ei;
	edge from, to;

	FOR_EACH_EDGE(from, ei, slow->succs) {
		gphi_iterator phi;

		if (!(from->flags & (EDGE_EH | EDGE_ABNORMAL)))
			continue;
		to = make_edge(bb, from->dest, from->flags);
		to->probability = from->probability;
		for (phi = gsi_start_phis(from->dest); !gsi_end_p(phi); gsi_next(&phi))
			SET_USE(PHI_ARG_DEF_PTR_FROM_EDGE(phi.phi(), to),
				PHI_ARG_DEF_FROM_EDGE(phi.phi(), from));
	}
}

/* What stands for the call in bb while the key holds fn; its result. */
static tree guard_fill(basic_block bb, gcall *call, tree fn, bool forced)
{
	gimple_stmt_iterator gsi = gsi_start_bb(bb);
	tree result = gimple_call_lhs(call);
	gcall *copy;
	int pad;

	if (fn == null_pointer_node)
		return result ? build_zero_cst(TREE_TYPE(result)) : NULL_TREE;
	copy = as_a<gcall *>(gimple_copy(call));
	gimple_call_set_fndecl(copy, forced ? sck_guard_copy(fn) : fn);
	gimple_call_set_fntype(copy, TREE_TYPE(fn));
	if (result && TREE_CODE(result) == SSA_NAME) {
		result = duplicate_ssa_name(result, copy);
		gimple_call_set_lhs(copy, result);
	}
	gsi_insert_after(&gsi, copy, GSI_NEW_STMT);
	pad = lookup_stmt_eh_lp(call);
	if (pad && stmt_could_throw_p(cfun, copy))
		add_stmt_to_eh_lp(copy, pad);
	guard_copy_edges(gimple_bb(call), bb);
	gimple_purge_dead_eh_edges(bb);
	return result;
}

/*
 * The edges of the guard in head: to the first function's block it falls through. Where
 * nobody has counted, the key never holds anything else.
 */
static void guard_connect(basic_block head, basic_block slow, const basic_block *fast,
			  const struct sck_likely *likely)
{
	profile_probability rest = profile_probability::always(), one;
	edge e = find_edge(head, slow);
	unsigned int i;

	for (i = 0; i < likely->count; i++) {
		edge to = make_edge(head, fast[i], i ? 0 : EDGE_FALLTHRU);

		if (likely->all)
			one = profile_probability::probability_in_gcov_type(
				MIN(likely->counted[i], likely->all), likely->all);
		else
			one = profile_probability::guessed_always().apply_scale(1, likely->count);
		to->probability = one;
		rest -= one;
		fast[i]->count = head->count.apply_probability(one);
	}
	e->flags &= ~EDGE_FALLTHRU;
	e->probability = likely->all ? rest : profile_probability::never();
	slow->count = likely->all ? head->count.apply_probability(rest) : profile_count::zero();
}

/* Behind the call all ways meet, and the results become one. */
static void guard_join(gcall *call, basic_block join, const basic_block *fast, const tree *results,
		       unsigned int count)
{
	tree result = gimple_call_lhs(call);
	unsigned int i;
	gphi *phi;

	for (i = 0; i < count; i++)
		make_edge(fast[i], join, EDGE_FALLTHRU)->probability =
			profile_probability::always();
	if (!result || TREE_CODE(result) != SSA_NAME)
		return;
	gimple_call_set_lhs(call, duplicate_ssa_name(result, call));
	update_stmt(call);
	phi = create_phi_node(result, join);
	add_phi_arg(phi, gimple_call_lhs(call), find_edge(gimple_bb(call), join),
		    gimple_location(call));
	for (i = 0; i < count; i++)
		add_phi_arg(phi, results[i], find_edge(fast[i], join), gimple_location(call));
}

static void guard_make(gcall *call, const struct sck_likely *likely)
{
	tree results[STATIC_CALL_KEY_GUARD_MAX], values[STATIC_CALL_KEY_GUARD_MAX];
	basic_block head, join, fast[STATIC_CALL_KEY_GUARD_MAX];
	bool forced = likely->named || sck_options.guards == SCK_GUARDS_ALL;
	unsigned int i, count = likely->count;
	gimple_stmt_iterator gsi;

	/* The copies get names of memory of their own. */
	if (gimple_vdef(call) && TREE_CODE(gimple_vdef(call)) == SSA_NAME) {
		tree vdef = gimple_vdef(call);

		unlink_stmt_vdef(call);
		release_ssa_name(vdef);
	}
	gimple_set_vdef(call, NULL_TREE);
	gimple_set_vuse(call, NULL_TREE);
	update_stmt(call);
	join = guard_isolate(call, &head);
	for (i = 0; i < count; i++) {
		fast[i] = create_empty_bb(i ? fast[i - 1] : head);
		add_bb_to_loop(fast[i], head->loop_father);
		results[i] = guard_fill(fast[i], call, likely->target[i], forced);
		values[i] = sck_guard_value(likely->target[i]);
	}
	guard_connect(head, gimple_bb(call), fast, likely);
	if (join)
		guard_join(call, join, fast, results, count);
	gsi = gsi_last_bb(head);
	gsi_insert_after(&gsi,
			 sck_guard_build(gimple_call_fndecl(call), gimple_bb(call), values, fast,
					 count, gimple_location(call)),
			 GSI_NEW_STMT);
}

/* ---- the pass ---- */

/* The key that a call goes through, if it may have a guard; else NULL. */
static struct sck_key *guard_key(gimple *stmt)
{
	gcall *call = dyn_cast<gcall *>(stmt);
	tree fn = call && !gimple_call_internal_p(call) ? gimple_call_fndecl(call) : NULL_TREE;

	if (!fn || gimple_call_chain(call) || gimple_call_must_tail_p(call) ||
	    gimple_call_flags(call) & (ECF_NORETURN | ECF_RETURNS_TWICE))
		return NULL;
	return sck_key_of_trampoline(fn);
}

/* Guard the calls of the current function. True if there were any. */
static bool guard_function(cgraph_node *node)
{
	gimple_stmt_iterator gsi;
	auto_vec<gcall *> calls;
	bool changed = false;
	basic_block bb;
	unsigned int i;
	gcall *call;

	FOR_EACH_BB_FN(bb, cfun)
		for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi))
			if (guard_key(gsi_stmt(gsi)))
				calls.safe_push(as_a<gcall *>(gsi_stmt(gsi)));
	FOR_EACH_VEC_ELT(calls, i, call) {
		struct sck_key *key = guard_key(call);
		struct sck_likely likely;
		enum sck_guarded why = sck_guard_choose(node, call, key, &likely);

		if (why != SCK_GUARDED) {
			sck_report_guard(gimple_location(call), node->decl, key->path, NULL_TREE,
					 why);
			continue;
		}
		guard_make(call, &likely);
		changed = true;
	}
	return changed;
}

namespace {

const pass_data guard_pass_data = {
	SIMPLE_IPA_PASS,
	"static_call_guard", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	0,
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

class guard_pass : public simple_ipa_opt_pass {
public:
	guard_pass(gcc::context *ctxt) : simple_ipa_opt_pass(guard_pass_data, ctxt) {}
	bool gate(function *)
	{
		return !in_lto_p && !seen_error() && sck_options.guards != SCK_GUARDS_OFF;
	}
	unsigned int execute(function *);
};

unsigned int guard_pass::execute(function *)
{
	cgraph_node *node;

	FOR_EACH_FUNCTION_WITH_GIMPLE_BODY(node)
	{
		if (!sck_key_count() || !guard_may_be_in(node) || node->alias || node->inlined_to)
			continue;
		push_cfun(DECL_STRUCT_FUNCTION(node->decl));
		if (guard_function(node)) {
			free_dominance_info(CDI_DOMINATORS);
			free_dominance_info(CDI_POST_DOMINATORS);
			if (current_loops)
				loops_state_set(LOOPS_NEED_FIXUP);
			mark_virtual_operands_for_renaming(cfun);
			update_ssa(TODO_update_ssa_only_virtuals);
			cgraph_edge::rebuild_edges();
		}
		pop_cfun();
	}
	sck_guard_release_kept();
	return 0;
}

} /* namespace */

opt_pass *sck_make_guard_pass(void)
{
	return new guard_pass(g);
}
