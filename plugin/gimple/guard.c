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
#include "tree-inline.h"
#include "predict.h"
#include "profile.h"
#include "model/decl.h"
#include "model/keys.h"
#include "model/likely.h"
#include "model/report.h"
#include "gimple/passes.h"
#include "gimple/guard.h"

/* Does GCC, asked to, inline functions of this size into this one? */
static bool guard_is_small(cgraph_node *caller, tree fn)
{
	int limit = DECL_DECLARED_INLINE_P(fn)
			    ? opt_for_fn(caller->decl, param_max_inline_insns_single)
			    : opt_for_fn(caller->decl, param_max_inline_insns_auto);

	return DECL_DISREGARD_INLINE_LIMITS(fn) ||
	       estimate_num_insns_fn(fn, &eni_size_weights) <= limit;
}

/* Why calls of fn are not inlined here; SCK_GUARDED: they may be. */
static enum sck_guarded guard_judge(cgraph_node *caller, gcall *call, tree fn, bool named)
{
	cgraph_node *node = cgraph_node::get(fn);
	int flags = flags_from_decl_or_type(fn);

	if (!node || fn == caller->decl)
		return SCK_GUARD_NO_BODY;
	if (!types_compatible_p(TREE_TYPE(fn), gimple_call_fntype(call)) &&
	    !types_compatible_p(sck_not_constant(TREE_TYPE(fn)), gimple_call_fntype(call)))
		return SCK_GUARD_TYPE;
	if (DECL_UNINLINABLE(fn) || lookup_attribute("noinline", DECL_ATTRIBUTES(fn)) ||
	    lookup_attribute("noipa", DECL_ATTRIBUTES(fn)) || DECL_STATIC_CHAIN(fn) ||
	    flags & (ECF_NORETURN | ECF_RETURNS_TWICE))
		return SCK_GUARD_NOINLINE;
	/* At the link its body may turn up. */
	if (named && flag_lto && !node->definition)
		return SCK_GUARDED;
	if (node->get_availability() <= AVAIL_INTERPOSABLE)
		return node->definition ? SCK_GUARD_INTERPOSABLE : SCK_GUARD_NO_BODY;
	node = node->ultimate_alias_target();
	if (!node->has_gimple_body_p())
		return SCK_GUARD_NO_BODY;
	return named || guard_is_small(caller, node->decl) ? SCK_GUARDED : SCK_GUARD_LARGE;
}

/* Is this function compiled so that others are inlined into it? */
static bool guard_may_be_in(cgraph_node *caller)
{
	tree decl = caller->decl;

	return opt_for_fn(decl, optimize) && !opt_for_fn(decl, optimize_debug) &&
	       !opt_for_fn(decl, flag_no_inline) && !flag_tm &&
	       !lookup_attribute("naked", DECL_ATTRIBUTES(decl)) &&
	       !lookup_attribute("noipa", DECL_ATTRIBUTES(decl));
}

/* Are small functions inlined that the user has not declared inline? */
static bool guard_is_worth(cgraph_node *caller, gcall *call)
{
	return opt_for_fn(caller->decl, flag_inline_small_functions) &&
	       maybe_hot_bb_p(DECL_STRUCT_FUNCTION(caller->decl), gimple_bb(call)) &&
	       !optimize_bb_for_size_p(gimple_bb(call));
}

/* The functions to guard this call with; 0, and why, if there are none. */
static unsigned int guard_choose(cgraph_node *caller, gcall *call, const struct sck_key *key,
				 tree *targets, enum sck_guarded *why)
{
	struct sck_likely likely;
	unsigned int i, count = 0;

	sck_find_likely(key, &likely);
	*why = SCK_GUARD_UNKNOWN;
	if (!likely.count)
		return 0;
	*why = SCK_GUARD_COLD;
	if (!likely.named && !guard_is_worth(caller, call))
		return 0;
	for (i = 0; i < likely.count; i++) {
		tree fn = likely.target[i];
		enum sck_guarded result = SCK_GUARDED;

		if (fn != null_pointer_node)
			result = guard_judge(caller, call, fn, likely.named);
		else if (!(key->flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL) ||
			 (gimple_call_lhs(call) && !is_gimple_reg(gimple_call_lhs(call))))
			result = SCK_GUARD_TYPE;
		if (result == SCK_GUARDED)
			targets[count++] = fn;
		else
			*why = result;
	}
	return count;
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
static tree guard_fill(basic_block bb, gcall *call, tree fn)
{
	gimple_stmt_iterator gsi = gsi_start_bb(bb);
	tree result = gimple_call_lhs(call);
	gcall *copy;
	int pad;

	if (fn == null_pointer_node)
		return result ? build_zero_cst(TREE_TYPE(result)) : NULL_TREE;
	copy = as_a<gcall *>(gimple_copy(call));
	gimple_call_set_fndecl(copy, fn);
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

/* The edges of the guard in head: to the first function's block it falls through. */
static void guard_connect(basic_block head, basic_block slow, const basic_block *fast,
			  unsigned int count)
{
	edge e = find_edge(head, slow);
	unsigned int i;

	e->flags &= ~EDGE_FALLTHRU;
	e->probability = profile_probability::never();
	slow->count = profile_count::zero();
	for (i = 0; i < count; i++) {
		e = make_edge(head, fast[i], i ? 0 : EDGE_FALLTHRU);
		e->probability = profile_probability::guessed_always().apply_scale(1, count);
		fast[i]->count = head->count.apply_probability(e->probability);
	}
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

static void guard_make(gcall *call, const tree *targets, unsigned int count)
{
	tree results[STATIC_CALL_KEY_GUARD_MAX], values[STATIC_CALL_KEY_GUARD_MAX];
	basic_block head, join, fast[STATIC_CALL_KEY_GUARD_MAX];
	gimple_stmt_iterator gsi;
	unsigned int i;

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
		results[i] = guard_fill(fast[i], call, targets[i]);
		values[i] = sck_guard_value(targets[i]);
	}
	guard_connect(head, gimple_bb(call), fast, count);
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
		tree targets[STATIC_CALL_KEY_GUARD_MAX];
		enum sck_guarded why;
		unsigned int count = guard_choose(node, call, key, targets, &why);

		if (!count) {
			sck_report_guard(gimple_location(call), node->decl, key->path, NULL_TREE,
					 why);
			continue;
		}
		guard_make(call, targets, count);
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
	bool gate(function *) { return !in_lto_p && sck_key_count() && !seen_error(); }
	unsigned int execute(function *);
};

unsigned int guard_pass::execute(function *)
{
	cgraph_node *node;

	FOR_EACH_FUNCTION_WITH_GIMPLE_BODY(node)
	{
		if (!guard_may_be_in(node) || node->alias || node->inlined_to)
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
	return 0;
}

} /* namespace */

void sck_register_guard_pass(const char *plugin_name)
{
	struct register_pass_info info;

	info.pass = new guard_pass(g);
	info.reference_pass_name = "emutls";
	info.ref_pass_instance_number = 1;
	info.pos_op = PASS_POS_INSERT_AFTER;
	register_callback(plugin_name, PLUGIN_PASS_MANAGER_SETUP, NULL, &info);
}
