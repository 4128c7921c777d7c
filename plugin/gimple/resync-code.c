/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What resync.c shows at its head, one change at a time: a test in front of a resync, a
 * store that is only noted, and a resync of what was noted.
 */
#include "gcc-compat.h"
#include "model/decl.h"
#include "emit/emit.h"
#include "gimple/passes.h"
#include "gimple/resync.h"

static tree low, high; /* of stores that are not resynced yet: high 0, none */

static tree range_variable(const char *name)
{
	tree var = build_decl(UNKNOWN_LOCATION, VAR_DECL, get_identifier(name), size_type_node);

	TREE_PUBLIC(var) = 1;
	DECL_EXTERNAL(var) = 1;
	DECL_ARTIFICIAL(var) = 1;
	DECL_IGNORED_P(var) = 1;
	TREE_USED(var) = 1;
	DECL_VISIBILITY(var) = VISIBILITY_HIDDEN;
	DECL_VISIBILITY_SPECIFIED(var) = 1;
	SET_DECL_ASSEMBLER_NAME(var, get_identifier(name));
	sck_keep(var);
	return var;
}

static tree range_lo(void)
{
	static tree var;

	return var ? var : (var = range_variable(STATIC_CALL_KEY_RANGE));
}

static tree range_span(void)
{
	static tree var;

	return var ? var : (var = range_variable(STATIC_CALL_KEY_RANGE "_span"));
}

static tree build_assign(gimple_seq *seq, tree lhs, tree rhs, location_t loc)
{
	gassign *stmt = gimple_build_assign(lhs ? lhs : make_ssa_name(TREE_TYPE(rhs)), rhs);

	gimple_set_location(stmt, loc);
	gimple_seq_add_stmt(seq, stmt);
	return gimple_assign_lhs(stmt);
}

static tree build_operation(gimple_seq *seq, tree lhs, enum tree_code code, tree a, tree b,
			    location_t loc)
{
	gassign *stmt = gimple_build_assign(lhs ? lhs : make_ssa_name(size_type_node), code, a, b);

	gimple_set_location(stmt, loc);
	gimple_seq_add_stmt(seq, stmt);
	return gimple_assign_lhs(stmt);
}

static tree build_number(gimple_seq *seq, tree ptr, location_t loc)
{
	gassign *stmt =
		gimple_build_assign(make_ssa_name(size_type_node), NOP_EXPR, unshare_expr(ptr));

	gimple_set_location(stmt, loc);
	gimple_seq_add_stmt(seq, stmt);
	return gimple_assign_lhs(stmt);
}

static tree build_address(gimple_seq *seq, gimple *resync)
{
	return build_number(seq, gimple_call_arg(resync, 0), gimple_location(resync));
}

tree sck_build_value(gimple_seq *seq, enum tree_code code, tree type, tree a, tree b)
{
	gassign *stmt = gimple_build_assign(make_ssa_name(type), code, a, b);

	gimple_seq_add_stmt(seq, stmt);
	return gimple_assign_lhs(stmt);
}

static bool loads(tree value, tree var)
{
	gimple *def = TREE_CODE(value) == SSA_NAME ? SSA_NAME_DEF_STMT(value) : NULL;

	return def && gimple_assign_single_p(def) && gimple_assign_rhs1(def) == var;
}

/*
 * The block of an edge's two ends, which is entered to call the runtime only: it goes where
 * code is that never runs, and its registers cost nothing elsewhere.
 */
static basic_block cold_block(basic_block from, edge past, tree_code code, tree a, tree b)
{
	basic_block then = create_empty_bb(from), to = past->dest;
	gimple_stmt_iterator gsi = gsi_last_bb(from);
	edge e;

	gsi_insert_after(&gsi, gimple_build_cond(code, a, b, NULL_TREE, NULL_TREE), GSI_NEW_STMT);
	past->flags &= ~EDGE_FALLTHRU;
	past->flags |= EDGE_FALSE_VALUE;
	past->probability = profile_probability::always();
	e = make_edge(from, then, EDGE_TRUE_VALUE);
	e->probability = profile_probability::never();
	then->count = profile_count::zero();
	make_single_succ_edge(then, to, EDGE_FALLTHRU);
	if (current_loops)
		add_bb_to_loop(then, from->loop_father);
	return then;
}

/* Split the block in front of stmt, with seq in front of the split. */
static edge split_before(gimple *stmt, gimple_seq seq)
{
	gimple_stmt_iterator gsi = gsi_for_stmt(stmt);
	basic_block bb = gimple_bb(stmt);

	if (seq)
		gsi_insert_seq_before(&gsi, seq, GSI_SAME_STMT);
	gsi = gsi_for_stmt(stmt);
	gsi_prev(&gsi);
	return gsi_end_p(gsi) ? split_block_after_labels(bb) : split_block(bb, gsi_stmt(gsi));
}

/* Its place in the chain of virtual operands is found anew when all is done. */
static void stmt_unchain(gimple *stmt)
{
	tree vdef = gimple_vdef(stmt);

	unlink_stmt_vdef(stmt);
	gimple_set_vuse(stmt, NULL_TREE);
	gimple_set_vdef(stmt, NULL_TREE);
	gimple_set_modified(stmt, true);
	if (vdef && TREE_CODE(vdef) == SSA_NAME)
		release_ssa_name(vdef);
}

static void block_append(basic_block bb, gimple *stmt)
{
	gimple_stmt_iterator gsi = gsi_last_bb(bb);

	gsi_insert_after(&gsi, stmt, GSI_NEW_STMT);
}

static void block_move(basic_block bb, gimple *stmt)
{
	gimple_stmt_iterator from = gsi_for_stmt(stmt);

	stmt_unchain(stmt);
	gsi_remove(&from, false);
	block_append(bb, stmt);
}

/* What is compared with the span of the range, by LE_EXPR or GT_EXPR: how far is ptr from its start? */
static tree build_distance(gimple_seq *seq, tree ptr, location_t loc, tree *span)
{
	tree address = build_number(seq, ptr, loc);
	tree lo = build_assign(seq, NULL_TREE, range_lo(), loc);
	tree distance = build_operation(seq, NULL_TREE, MINUS_EXPR, address, lo, loc);

	*span = build_assign(seq, NULL_TREE, range_span(), loc);
	return distance;
}

/*
 * The test of a resync's address against the range. What is tested is the pointer that the
 * address was made from: it points into the same object, or right behind it, and is the same all
 * through a loop.
 */
static gimple_seq build_test(gimple *resync, tree *distance, tree *span)
{
	tree root = sck_resync_root(resync);
	gimple_seq seq = NULL;

	*distance = build_distance(&seq, root ? root : gimple_call_arg(resync, 0),
				   gimple_location(resync), span);
	return seq;
}

/* What such a test, or a copy of it, is of; NULL_TREE: the condition is no such test. */
tree sck_range_test(gcond *cond)
{
	bool swapped = gimple_cond_code(cond) == GE_EXPR;
	tree distance = swapped ? gimple_cond_rhs(cond) : gimple_cond_lhs(cond);
	tree span = swapped ? gimple_cond_lhs(cond) : gimple_cond_rhs(cond), root;
	gimple *def;

	if (!(swapped || gimple_cond_code(cond) == LE_EXPR) || !loads(span, range_span()) ||
	    TREE_CODE(distance) != SSA_NAME)
		return NULL_TREE;
	def = SSA_NAME_DEF_STMT(distance);
	if (!is_gimple_assign(def) || gimple_assign_rhs_code(def) != MINUS_EXPR ||
	    !loads(gimple_assign_rhs2(def), range_lo()))
		return NULL_TREE;
	root = gimple_assign_rhs1(def);
	def = TREE_CODE(root) == SSA_NAME ? SSA_NAME_DEF_STMT(root) : NULL;
	return def && gimple_assign_cast_p(def) ? gimple_assign_rhs1(def) : root;
}

/* The same question the other way round, as a value. */
tree sck_build_out_of_range(gimple_seq *seq, tree pointer)
{
	tree span, distance = build_distance(seq, pointer, UNKNOWN_LOCATION, &span);

	return sck_build_value(seq, GT_EXPR, boolean_type_node, distance, span);
}

/* if (in range) resync; or with the call that stores in both branches. */
void sck_put_resync_test(gimple *resync)
{
	tree distance, span;
	gimple_seq seq = build_test(resync, &distance, &span);
	gcall *filler = sck_filling_call(resync), *store;
	basic_block cold;
	gimple *copy;
	edge past, behind;

	if (!filler) {
		past = split_before(resync, seq);
		cold = cold_block(past->src, past, LE_EXPR, distance, span);
		block_move(cold, resync);
		return;
	}
	behind = split_block(gimple_bb(resync), resync);
	past = split_before(filler, seq);
	cold = cold_block(past->src, past, LE_EXPR, distance, span);
	redirect_edge_succ(single_succ_edge(cold), behind->dest);
	store = sck_filling_store(filler, resync);
	if (store) {
		block_append(cold, store);
		sck_resync_remove(resync);
		return;
	}
	copy = gimple_copy(filler);
	gimple_set_vuse(copy, NULL_TREE);
	gimple_set_vdef(copy, NULL_TREE);
	block_append(cold, copy);
	block_move(cold, resync);
}

/* Where no test is in line: the call that stores does the resync, too, if there is such a one. */
void sck_put_resync_fill(gimple *resync)
{
	gcall *filler = sck_filling_call(resync);
	gcall *store = filler ? sck_filling_store(filler, resync) : NULL;
	gimple_stmt_iterator gsi;

	if (!store)
		return;
	gsi = gsi_for_stmt(filler);
	stmt_unchain(filler);
	gsi_replace(&gsi, store, false);
	sck_resync_remove(resync);
}

static tree build_choice(gimple_seq *seq, tree lhs, tree test, tree yes, tree no)
{
	gassign *stmt = gimple_build_assign(lhs ? lhs : make_ssa_name(size_type_node), COND_EXPR,
					    test, yes, no);

	gimple_seq_add_stmt(seq, stmt);
	return gimple_assign_lhs(stmt);
}

/*
 * A store in a loop to where one is open already: what is open is resynced, so that a
 * loop which stores to the same places again and again does not put it off to its end.
 * Of no bytes if it is not so, for which the function returns at once.
 */
static void put_covered(gimple_seq *seq, tree address, tree end, location_t loc)
{
	tree above = sck_build_value(seq, GE_EXPR, boolean_type_node, address, low),
	     below = sck_build_value(seq, LE_EXPR, boolean_type_node, end, high);
	tree covered = make_ssa_name(boolean_type_node), size, pointer;
	gassign *both = gimple_build_assign(covered, BIT_AND_EXPR, above, below);
	gassign *convert;
	gcall *call;

	gimple_seq_add_stmt(seq, both);
	size = build_operation(seq, NULL_TREE, MINUS_EXPR, high, low, loc);
	size = build_choice(seq, NULL_TREE, covered, size, size_zero_node);
	pointer = make_ssa_name(const_ptr_type_node);
	convert = gimple_build_assign(pointer, NOP_EXPR, low);
	gimple_seq_add_stmt(seq, convert);
	call = gimple_build_call(sck_store_function(), 2, pointer, size);
	gimple_set_location(call, loc);
	gimple_seq_add_stmt(seq, call);
	build_choice(seq, low, covered, TYPE_MAX_VALUE(size_type_node), low);
	build_choice(seq, high, covered, size_zero_node, high);
}

/* Add what a resync is for to what is open, and drop it. */
void sck_put_resync_open(gimple *resync, bool certain, bool loops)
{
	location_t loc = gimple_location(resync);
	tree size = gimple_call_arg(resync, 1), address, end, distance, span;
	gimple_seq test = certain ? NULL : build_test(resync, &distance, &span), seq = NULL;
	gimple_stmt_iterator gsi;
	edge past;

	address = build_address(&seq, resync);
	if (integer_all_onesp(size))
		end = TYPE_MAX_VALUE(size_type_node);
	else
		end = build_operation(&seq, NULL_TREE, PLUS_EXPR, address, size, loc);
	if (loops)
		put_covered(&seq, address, end, loc);
	build_operation(&seq, low, MIN_EXPR, low, address, loc);
	build_operation(&seq, high, MAX_EXPR, high, end, loc);
	if (certain) {
		gsi = gsi_for_stmt(resync);
		gsi_insert_seq_before(&gsi, seq, GSI_SAME_STMT);
	} else {
		past = split_before(resync, test);
		gsi = gsi_last_bb(cold_block(past->src, past, LE_EXPR, distance, span));
		gsi_insert_seq_after(&gsi, seq, GSI_NEW_STMT);
	}
	sck_resync_remove(resync);
}

static void build_reset(gimple_seq *seq)
{
	build_assign(seq, low, TYPE_MAX_VALUE(size_type_node), UNKNOWN_LOCATION);
	build_assign(seq, high, size_zero_node, UNKNOWN_LOCATION);
}

/* Resync what is open, at the start of this block. */
void sck_put_resync_flush(basic_block bb, location_t loc)
{
	edge past = split_block_after_labels(bb);
	basic_block from = past->src, then;
	gimple_stmt_iterator gsi;
	gimple_seq seq = NULL, reset = NULL;
	gassign *convert;
	gcall *call;
	tree size;

	build_reset(&reset);
	gsi = gsi_after_labels(past->dest);
	gsi_insert_seq_before(&gsi, reset, GSI_SAME_STMT);
	then = cold_block(from, past, NE_EXPR, high, size_zero_node);
	size = build_operation(&seq, NULL_TREE, MINUS_EXPR, high, low, loc);
	convert = gimple_build_assign(make_ssa_name(const_ptr_type_node), NOP_EXPR, low);
	gimple_set_location(convert, loc);
	gimple_seq_add_stmt(&seq, convert);
	call = gimple_build_call(sck_store_function(), 2, gimple_assign_lhs(convert), size);
	gimple_set_location(call, loc);
	gimple_seq_add_stmt(&seq, call);
	gsi = gsi_last_bb(then);
	gsi_insert_seq_after(&gsi, seq, GSI_NEW_STMT);
}

/* Some stores of this function will be noted. */
void sck_begin_resync_open(void)
{
	low = create_tmp_reg(size_type_node, "static_call_key_low");
	high = create_tmp_reg(size_type_node, "static_call_key_high");
}

/* All changes are made: nothing is noted where the function starts. */
void sck_end_resync_open(void)
{
	gimple_seq seq = NULL;

	build_reset(&seq);
	gsi_insert_seq_on_edge_immediate(single_succ_edge(ENTRY_BLOCK_PTR_FOR_FN(cfun)), seq);
}
