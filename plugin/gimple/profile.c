/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Profiles fit with and without the plugin. While GCC counts, or reads what was counted, a
 * unit is what it is without: a call through a key is one through a pointer,
 *
 *	_1 = fp;
 *	_2 = _1 (x);
 *
 * so that its targets are counted too; and a resync is no call that may not return. Then both
 * are again what they were. The same while GCC guesses which way branches go, before that:
 * it counts where they are seldom thought to go, and finds the other counts from these.
 *
 * What the passes before it have done differently remains: where a call through a pointer is
 * taken for larger than a direct one, other functions may have been inlined.
 */
#include "gcc-compat.h"
#include "model/calls.h"
#include "model/decl.h"
#include "gimple/passes.h"
#include "gimple/resync.h"

/* What a call was that is another meanwhile. */
struct hidden {
	tree fn, fntype;
};

/*
 * Of calls. Some may be gone, and their memory with them, when they are to be shown again:
 * only those that are found in a function are looked at.
 */
static hash_map<gimple *, struct hidden> *all_hidden;

static bool profile_is_used(void)
{
	return !in_lto_p && (flag_branch_probabilities || flag_test_coverage || profile_arc_flag) &&
	       (sck_key_count() || sck_store_calls());
}

/* Load the key, and call what it holds. */
static void profile_hide_call(gcall *call, const struct sck_key *key)
{
	tree type = build_pointer_type(key->fntype), at, load;
	gimple_stmt_iterator gsi = gsi_for_stmt(call);
	gassign *assign;

	at = build_int_cst(build_pointer_type(type), key->offset);
	load = build2(MEM_REF, type, build_fold_addr_expr(key->var), at);
	assign = gimple_build_assign(make_ssa_name(type), load);
	gimple_set_location(assign, gimple_location(call));
	gsi_insert_before(&gsi, assign, GSI_SAME_STMT);
	gimple_call_set_fn(call, gimple_assign_lhs(assign));
	gimple_call_set_fntype(call, key->fntype);
	update_stmt(call);
}

/*
 * A builtin that does not throw and costs nothing: what counts, and what guesses, takes it for no
 * call. It is not looked at before the resync is back, so that its operands stay what they are.
 */
static void profile_hide_resync(gcall *call)
{
	gimple_call_set_fndecl(call, builtin_decl_explicit(BUILT_IN_VA_END));
}

static void profile_calls(auto_vec<gcall *> *calls)
{
	gimple_stmt_iterator gsi;
	basic_block bb;
	gcall *call;

	FOR_EACH_BB_FN(bb, cfun)
		for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi)) {
			call = dyn_cast<gcall *>(gsi_stmt(gsi));
			if (call && !gimple_call_internal_p(call))
				calls->safe_push(call);
		}
}

/* True if there was something to hide. */
static bool profile_hide(void)
{
	auto_vec<gcall *> calls;
	bool changed = false;
	unsigned int i;
	gcall *call;

	profile_calls(&calls);
	FOR_EACH_VEC_ELT(calls, i, call) {
		tree fn = gimple_call_fndecl(call);
		struct hidden hidden = { fn, gimple_call_fntype(call) };
		struct sck_key *key = fn ? sck_key_of_trampoline(fn) : NULL;

		if (!fn || (!key && !sck_is_resync(call)))
			continue;
		if (!all_hidden)
			all_hidden = new hash_map<gimple *, struct hidden>;
		all_hidden->put(call, hidden);
		sck_keep(hidden.fntype);
		changed = true;
		if (key)
			profile_hide_call(call, key);
		else
			profile_hide_resync(call);
	}
	return changed;
}

/* The call is again what it was; the load stays where it is counted. */
static void profile_show_call(gcall *call, const struct hidden *hidden)
{
	tree pointer = gimple_call_fn(call);

	gimple_call_set_fndecl(call, hidden->fn);
	gimple_call_set_fntype(call, hidden->fntype);
	update_stmt(call);
	if (TREE_CODE(pointer) == SSA_NAME && has_zero_uses(pointer)) {
		gimple_stmt_iterator gsi = gsi_for_stmt(SSA_NAME_DEF_STMT(pointer));

		gsi_remove(&gsi, true);
		release_ssa_name(pointer);
	}
}

/* True if something was hidden. */
static bool profile_show(void)
{
	auto_vec<gcall *> calls;
	bool changed = false;
	unsigned int i;
	gcall *call;

	profile_calls(&calls);
	FOR_EACH_VEC_ELT(calls, i, call) {
		const struct hidden *hidden = all_hidden->get(call);

		if (!hidden)
			continue;
		profile_show_call(call, hidden);
		changed = true;
	}
	return changed;
}

/* Calls have changed: what is known of them by names of memory. */
static void profile_update_memory(void)
{
	mark_virtual_operands_for_renaming(cfun);
	update_ssa(TODO_update_ssa_only_virtuals);
}

/* Let change look at the current function: then, also of who calls whom. */
static void profile_change(bool (*change)(void))
{
	if (!change())
		return;
	profile_update_memory();
	cgraph_edge::rebuild_edges();
}

/* The same at every function of the unit. */
static void profile_change_all(bool (*change)(void))
{
	cgraph_node *node;

	FOR_EACH_FUNCTION_WITH_GIMPLE_BODY(node)
	{
		if (node->alias)
			continue;
		push_cfun(DECL_STRUCT_FUNCTION(node->decl));
		profile_change(change);
		pop_cfun();
	}
}

namespace {

const pass_data hide_pass_data = {
	SIMPLE_IPA_PASS,
	"static_call_hide", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	0,
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

class hide_pass : public simple_ipa_opt_pass {
public:
	hide_pass(gcc::context *ctxt) : simple_ipa_opt_pass(hide_pass_data, ctxt) {}
	bool gate(function *) { return profile_is_used(); }
	unsigned int execute(function *)
	{
		profile_change_all(profile_hide);
		return 0;
	}
};

const pass_data show_pass_data = {
	GIMPLE_PASS,
	"static_call_show", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	PROP_cfg | PROP_ssa, /* properties_required */
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

/*
 * Of each function, when all has been counted or read, and before anything else is done with
 * it: with a profile, GCC then splits functions, and copies their calls.
 */
class show_pass : public gimple_opt_pass {
public:
	show_pass(gcc::context *ctxt) : gimple_opt_pass(show_pass_data, ctxt) {}
	/* GCC 16 splits functions behind two ways to read a profile. */
	opt_pass *clone() { return new show_pass(m_ctxt); }
	bool gate(function *) { return all_hidden != NULL; }
	unsigned int execute(function *)
	{
		profile_change(profile_show);
		return 0;
	}
};

const pass_data done_pass_data = {
	SIMPLE_IPA_PASS,
	"static_call_shown", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	0,
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

/* The same of functions that GCC did not go through one by one. */
class done_pass : public simple_ipa_opt_pass {
public:
	done_pass(gcc::context *ctxt) : simple_ipa_opt_pass(done_pass_data, ctxt) {}
	bool gate(function *) { return all_hidden != NULL; }
	unsigned int execute(function *)
	{
		profile_change_all(profile_show);
		delete all_hidden;
		all_hidden = NULL;
		return 0;
	}
};

const pass_data guess_pass_data = {
	GIMPLE_PASS,
	"static_call_guess", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	PROP_cfg | PROP_ssa, /* properties_required */
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

/*
 * In front of the guess at a function's branches, and behind it. Nobody asks who calls whom
 * meanwhile, which is the same again then.
 */
class guess_pass : public gimple_opt_pass {
public:
	guess_pass(gcc::context *ctxt, bool before)
		: gimple_opt_pass(guess_pass_data, ctxt), before(before)
	{}
	bool gate(function *) { return before ? profile_is_used() : all_hidden != NULL; }
	unsigned int execute(function *)
	{
		if (before ? profile_hide() : profile_show())
			profile_update_memory();
		if (!before) {
			delete all_hidden;
			all_hidden = NULL;
		}
		return 0;
	}

private:
	bool before;
};

} /* namespace */

opt_pass *sck_make_guess_pass(bool before)
{
	return new guess_pass(g, before);
}

opt_pass *sck_make_hide_pass(void)
{
	return new hide_pass(g);
}

opt_pass *sck_make_show_pass(void)
{
	return new show_pass(g);
}

opt_pass *sck_make_done_pass(void)
{
	return new done_pass(g);
}
