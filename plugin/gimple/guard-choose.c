/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which functions is a call guarded with? Those that the user names; else those that a profile
 * shows, if there is one, or the one that the unit shows, if GCC would inline it.
 */
#include "gcc-compat.h"
#include "tree-inline.h"
#include "predict.h"
#include "value-prof.h"
#include "model/options.h"
#include "model/decl.h"
#include "model/likely.h"
#include "model/report.h"
#include "gimple/guard.h"

/* Does GCC, asked to, inline functions of this size into this one? */
static bool choose_is_small(cgraph_node *caller, tree fn)
{
	int limit = DECL_DECLARED_INLINE_P(fn)
			    ? opt_for_fn(caller->decl, param_max_inline_insns_single)
			    : opt_for_fn(caller->decl, param_max_inline_insns_auto);

	return DECL_DISREGARD_INLINE_LIMITS(fn) ||
	       estimate_num_insns_fn(fn, &eni_size_weights) <= limit;
}

/* Can calls of this function, or of what it is another name of, be inlined anywhere? */
static bool choose_is_inlinable(tree fn)
{
	return !DECL_UNINLINABLE(fn) && !lookup_attribute("noinline", DECL_ATTRIBUTES(fn)) &&
	       !lookup_attribute("noipa", DECL_ATTRIBUTES(fn)) && !DECL_STATIC_CHAIN(fn) &&
	       !(flags_from_decl_or_type(fn) & (ECF_NORETURN | ECF_RETURNS_TWICE));
}

/* Why calls of fn are not inlined here; SCK_GUARDED: they may be. */
static enum sck_guarded choose_judge(cgraph_node *caller, gcall *call, tree fn, bool named)
{
	cgraph_node *node = cgraph_node::get(fn);

	if (!node)
		return SCK_GUARD_NO_BODY;
	if (!types_compatible_p(TREE_TYPE(fn), gimple_call_fntype(call)) &&
	    !types_compatible_p(sck_not_constant(TREE_TYPE(fn)), gimple_call_fntype(call)))
		return SCK_GUARD_TYPE;
	if (!choose_is_inlinable(fn))
		return SCK_GUARD_NOINLINE;
	/* At the link its body may turn up. */
	if (named && flag_lto && !node->definition)
		return SCK_GUARDED;
	if (node->get_availability() <= AVAIL_INTERPOSABLE)
		return node->definition ? SCK_GUARD_INTERPOSABLE : SCK_GUARD_NO_BODY;
	node = node->ultimate_alias_target();
	/* Not into itself, nor what is compiled for another machine. */
	if (node == caller->ultimate_alias_target() || !choose_is_inlinable(node->decl) ||
	    !targetm.target_option.can_inline_p(caller->decl, node->decl))
		return SCK_GUARD_NOINLINE;
	if (!node->has_gimple_body_p())
		return SCK_GUARD_NO_BODY;
	return named || sck_options.guards == SCK_GUARDS_ALL || choose_is_small(caller, node->decl)
		       ? SCK_GUARDED
		       : SCK_GUARD_LARGE;
}

/* NULL can be guarded where a call of it does nothing, or returns zero. */
static enum sck_guarded choose_judge_null(gcall *call, const struct sck_key *key)
{
	tree result = gimple_call_lhs(call);

	return key->flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL && (!result || is_gimple_reg(result))
		       ? SCK_GUARDED
		       : SCK_GUARD_TYPE;
}

/* Is the call hot, and are functions inlined here that the user has not declared inline? */
static bool choose_is_worth(cgraph_node *caller, gcall *call)
{
	if (sck_options.guards == SCK_GUARDS_ALL)
		return true;
	return opt_for_fn(caller->decl, flag_inline_small_functions) &&
	       maybe_hot_bb_p(DECL_STRUCT_FUNCTION(caller->decl), gimple_bb(call)) &&
	       !optimize_bb_for_size_p(gimple_bb(call));
}

/*
 * Equal calls through a key whose targets all are pure or const can become one, and leave a
 * loop. Behind guards they cannot.
 */
static bool choose_is_better_joined(gcall *call)
{
	return sck_options.guards != SCK_GUARDS_ALL &&
	       gimple_call_flags(call) & (ECF_CONST | ECF_PURE);
}

/* The function of this unit that a profile knows by a number, or NULL_TREE. */
static tree choose_by_profile_id(unsigned int id)
{
	cgraph_node *node;

	FOR_EACH_DEFINED_FUNCTION(node)
		if (node->profile_id == id && !node->inlined_to)
			return node->decl;
	return NULL_TREE;
}

/* A function is worth a guard that was called once in so many times. */
#define WORTH_ONCE_IN 5

/* What a profile says that the key held, if there is one; profile.c is how it knows. */
static void choose_from_profile(gcall *call, struct sck_likely *likely)
{
	histogram_value histogram =
		gimple_histogram_value_of_type(cfun, call, HIST_TYPE_INDIR_CALL);
	gcov_type id, count, all;
	unsigned int i;

	if (!histogram)
		return;
	likely->count = 0;
	for (i = 0; likely->count < STATIC_CALL_KEY_GUARD_MAX; i++) {
		tree fn;

		all = histogram->hvalue.counters[0];
		if (!get_nth_most_common_value(NULL, "indirect call", histogram, &id, &count, &all,
					       i) ||
		    count < all / WORTH_ONCE_IN || count == 0)
			break;
		likely->all = all;
		fn = choose_by_profile_id((unsigned int)id);
		if (!fn)
			continue;
		likely->counted[likely->count] = count;
		likely->target[likely->count++] = fn;
	}
	gimple_remove_histogram_value(cfun, call, histogram);
}

/* Bound on the tests that a call may stand behind. */
#define TESTS_LIMIT 64

/* Does control take this edge only if the key holds something? */
static bool choose_tests_key(edge e, const struct sck_key *key)
{
	gimple_stmt_iterator last = gsi_last_bb(e->src);
	gcond *cond = gsi_end_p(last) ? NULL : dyn_cast<gcond *>(gsi_stmt(last));
	struct sck_ref ref;
	gimple *load;
	bool is_key;

	if (!cond || !integer_zerop(gimple_cond_rhs(cond)) ||
	    TREE_CODE(gimple_cond_lhs(cond)) != SSA_NAME)
		return false;
	if (gimple_cond_code(cond) == NE_EXPR
		    ? !(e->flags & EDGE_TRUE_VALUE)
		    : gimple_cond_code(cond) != EQ_EXPR || !(e->flags & EDGE_FALSE_VALUE))
		return false;
	load = SSA_NAME_DEF_STMT(gimple_cond_lhs(cond));
	if (!gimple_assign_load_p(load))
		return false;
	sck_classify_ref(gimple_assign_rhs1(load), &ref, NULL_TREE);
	is_key = ref.reason == SCK_DIRECT && ref.var == key->var && ref.offset == key->offset;
	free(ref.path);
	return is_key;
}

/* if (hook) hook(x): is the call made only where its key is not NULL? */
static bool choose_is_tested(gcall *call, const struct sck_key *key)
{
	basic_block bb = gimple_bb(call);
	unsigned int i;

	for (i = 0; i < TESTS_LIMIT && single_pred_p(bb); i++, bb = single_pred(bb))
		if (choose_tests_key(single_pred_edge(bb), key))
			return true;
	return false;
}

/*
 * Reduce what is likely to the functions that this call is to be guarded with. SCK_GUARDED, or
 * why there is none.
 */
enum sck_guarded sck_guard_choose(cgraph_node *caller, gcall *call, const struct sck_key *key,
				  struct sck_likely *likely)
{
	enum sck_guarded why = SCK_GUARD_UNKNOWN;
	unsigned int i, count = 0;

	sck_find_likely(key, choose_is_tested(call, key), likely);
	if (!likely->named && sck_options.guards == SCK_GUARDS_NAMED)
		return SCK_GUARD_OFF;
	if (!likely->named) {
		choose_from_profile(call, likely);
		if (choose_is_better_joined(call) && !likely->all)
			return SCK_GUARD_PURE;
		if (likely->count && !choose_is_worth(caller, call))
			return SCK_GUARD_COLD;
	}
	for (i = 0; i < likely->count && count < sck_guard_most(); i++) {
		tree fn = likely->target[i];
		enum sck_guarded result = fn == null_pointer_node
						  ? choose_judge_null(call, key)
						  : choose_judge(caller, call, fn, likely->named);

		if (result != SCK_GUARDED) {
			why = result;
			continue;
		}
		likely->counted[count] = likely->counted[i];
		likely->target[count++] = fn;
	}
	likely->count = count;
	return count ? SCK_GUARDED : why;
}
