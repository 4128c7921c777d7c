/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which resyncs of a function are joined, in a block and beyond it, and what is done with
 * each.
 */
#include "gcc-compat.h"
#include "gimple/resync.h"

/* A resync of known bytes of base. */
struct extent {
	gimple *stmt;
	tree base;
	HOST_WIDE_INT from, to;
};

static bool extent_of(gimple *stmt, struct extent *e)
{
	tree size = gimple_call_arg(stmt, 1);

	e->stmt = stmt;
	e->base = sck_resync_base(stmt, &e->from);
	if (!tree_fits_shwi_p(size) || !(VAR_P(e->base) || TREE_CODE(e->base) == SSA_NAME))
		return false;
	/* It may not be used after others of its variable are set. */
	if (TREE_CODE(e->base) == SSA_NAME && SSA_NAME_OCCURS_IN_ABNORMAL_PHI(e->base))
		return false;
	e->to = e->from + tree_to_shwi(size);
	return e->to > e->from;
}

/* Let the resync of wide do for that of narrow, which stands before it in its block. */
static void join_extents(struct extent *wide, const struct extent *narrow)
{
	HOST_WIDE_INT from = MIN(wide->from, narrow->from), to = MAX(wide->to, narrow->to);
	gimple_stmt_iterator gsi = gsi_for_stmt(wide->stmt);
	tree address = VAR_P(wide->base) ? build_fold_addr_expr(wide->base) : wide->base;

	if (from != wide->from) {
		address = fold_build_pointer_plus_hwi(address, from);
		address = force_gimple_operand_gsi(&gsi, fold_convert(const_ptr_type_node, address),
						   true, NULL_TREE, true, GSI_SAME_STMT);
		gimple_call_set_arg(wide->stmt, 0, address);
	}
	gimple_call_set_arg(wide->stmt, 1, build_int_cst(size_type_node, to - from));
	update_stmt(wide->stmt);
	sck_resync_remove(narrow->stmt);
	wide->from = from;
	wide->to = to;
}

/* Within a block: resyncs of one object between which nobody asks become one. */
static void join_in_block(basic_block bb)
{
	auto_vec<struct extent, 16> open;
	gimple_stmt_iterator gsi;
	struct extent now;
	unsigned int i;

	for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi)) {
		gimple *stmt = gsi_stmt(gsi);

		if (sck_is_resync_barrier(stmt))
			open.truncate(0);
		if (!sck_is_resync(stmt) || !extent_of(stmt, &now))
			continue;
		for (i = 0; i < open.length(); i++) {
			if (open[i].base != now.base)
				continue;
			join_extents(&now, &open[i]);
			open.unordered_remove(i);
			break;
		}
		open.safe_push(now);
	}
}

/* What the pass knows of a block. */
struct block_info {
	bool has_resync;
	bool has_barrier;
	bool barrier_first; /* ... before the first resync */
	bool barrier_last;  /* ... after the last resync */
	bool ends;          /* the function's end can be reached */
	bool loops;         /* it is part of a loop, */
	bool heads;         /* ... and where that begins */
	int comes;          /* from its start, how likely a resync comes up before a barrier */
	int waits;          /* at its start, how likely stores wait for a resync */
	bool joins;         /* both are: what is open stays so into this block */
	bool open_in;       /* at its start there may be stores to resync */
	bool open_out;
};

/*
 * How likely is worth it, of REG_BR_PROB_BASE. What is open is asked for on each way that
 * leads to no further resync. Where few ways lead to one, as from each operation of an
 * interpreter to the few that store, or few of them come from one, that costs more than
 * one resync for each store; which, where no key is stored to, costs a test in line.
 */
#define WORTH_WAITING (REG_BR_PROB_BASE / 2)

/* The sums are taken so often; round loops they grow further, but no longer by much. */
#define SWEEPS        16

static struct block_info *block_infos;

static struct block_info *block_info_of(basic_block bb)
{
	return &block_infos[bb->index];
}

static void block_look(basic_block bb)
{
	struct block_info *b = block_info_of(bb);
	gimple_stmt_iterator gsi;
	edge_iterator ei;
	edge e;

	for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi)) {
		if (sck_is_resync(gsi_stmt(gsi))) {
			b->has_resync = true;
			b->barrier_last = false;
		} else if (sck_is_resync_barrier(gsi_stmt(gsi))) {
			b->has_barrier = true;
			b->barrier_first |= !b->has_resync;
			b->barrier_last = b->has_resync;
		}
	}
	/* Nothing can be put on such an edge: what is open has to be resynced before. */
	FOR_EACH_EDGE(e, ei, bb->succs) {
		if (!(e->flags & EDGE_COMPLEX))
			continue;
		b->has_barrier = true;
		b->barrier_first |= !b->has_resync;
		b->barrier_last = b->has_resync;
	}
}

/*
 * May stores stay open over this edge? Not for long: not into a loop, and not round one
 * that does not end. In a loop they stay open as long as each is to another place; see
 * put_covered() in resync-code.c.
 */
static bool edge_may_cross(edge e)
{
	if (e->flags & (EDGE_COMPLEX | EDGE_FAKE) || e->dest == EXIT_BLOCK_PTR_FOR_FN(cfun))
		return false;
	return e->flags & EDGE_DFS_BACK ? block_info_of(e->src)->ends
					: !block_info_of(e->dest)->heads;
}

/* Mark the blocks of the loop that this edge closes. */
static void loop_mark(edge back)
{
	auto_vec<basic_block> work;
	edge_iterator ei;
	auto_bitmap seen;
	edge e;

	block_info_of(back->dest)->heads = true;
	bitmap_set_bit(seen, back->dest->index);
	block_info_of(back->dest)->loops = true;
	if (bitmap_set_bit(seen, back->src->index))
		work.safe_push(back->src);
	while (!work.is_empty()) {
		basic_block bb = work.pop();

		block_info_of(bb)->loops = true;
		FOR_EACH_EDGE(e, ei, bb->preds)
			if (e->src->index >= NUM_FIXED_BLOCKS &&
			    bitmap_set_bit(seen, e->src->index))
				work.safe_push(e->src);
	}
}

static void blocks_find_loops(void)
{
	basic_block bb;
	edge_iterator ei;
	edge e;

	mark_dfs_back_edges();
	FOR_EACH_BB_FN(bb, cfun)
		FOR_EACH_EDGE(e, ei, bb->succs)
			if (e->flags & EDGE_DFS_BACK)
				loop_mark(e);
}

static bool block_joins_after(basic_block bb)
{
	edge_iterator ei;
	edge e;

	FOR_EACH_EDGE(e, ei, bb->succs)
		if (edge_may_cross(e) && block_info_of(e->dest)->joins)
			return true;
	return false;
}

/* part in REG_BR_PROB_BASE of likely; where nothing is known of the part, one of n. */
static int likely_part(int likely, profile_probability part, unsigned int n)
{
	int scale = part.initialized_p() ? part.to_reg_br_prob_base() : REG_BR_PROB_BASE / (int)n;

	return likely * scale / REG_BR_PROB_BASE;
}

/* How likely does a resync come up, from the end of the block? */
static int block_comes_after(basic_block bb)
{
	edge_iterator ei;
	int likely = 0;
	edge e;

	FOR_EACH_EDGE(e, ei, bb->succs)
		if (edge_may_cross(e))
			likely += likely_part(block_info_of(e->dest)->comes, e->probability,
					      EDGE_COUNT(bb->succs));
	return MIN(likely, REG_BR_PROB_BASE);
}

/* Of how many of the ways into a block is this edge one? */
static profile_probability edge_share(edge e)
{
	profile_count all = profile_count::zero();
	edge_iterator ei;
	edge other;

	FOR_EACH_EDGE(other, ei, e->dest->preds)
		all += other->count();
	return all.nonzero_p() && e->count().initialized_p() ? e->count().probability_in(all)
							     : profile_probability::uninitialized();
}

/* How likely do stores wait, at the end of the block, and at its start? */
static int block_waits_out(basic_block bb)
{
	struct block_info *b = block_info_of(bb);

	if (b->has_resync)
		return b->barrier_last ? 0 : REG_BR_PROB_BASE;
	return b->has_barrier ? 0 : b->waits;
}

static int block_waits_in(basic_block bb)
{
	edge_iterator ei;
	int likely = 0;
	edge e;

	FOR_EACH_EDGE(e, ei, bb->preds)
		if (e->src->index >= NUM_FIXED_BLOCKS && edge_may_cross(e))
			likely += likely_part(block_waits_out(e->src), edge_share(e),
					      EDGE_COUNT(bb->preds));
	return MIN(likely, REG_BR_PROB_BASE);
}

/* Into which blocks is it worth it to let stores wait? */
static void blocks_estimate(void)
{
	unsigned int sweeps;
	bool changed = true;
	basic_block bb;

	for (sweeps = 0; changed && sweeps < SWEEPS; sweeps++) {
		changed = false;
		FOR_EACH_BB_REVERSE_FN(bb, cfun) {
			struct block_info *b = block_info_of(bb);
			int comes = b->barrier_first ? 0
				    : b->has_resync  ? REG_BR_PROB_BASE
						     : block_comes_after(bb);

			changed |= comes != b->comes;
			b->comes = comes;
		}
		FOR_EACH_BB_FN(bb, cfun) {
			struct block_info *b = block_info_of(bb);
			int waits = block_waits_in(bb);

			changed |= waits != b->waits;
			b->waits = waits;
		}
	}
}

static void blocks_find_ends(void)
{
	auto_vec<basic_block> work;
	edge_iterator ei;
	edge e;

	work.safe_push(EXIT_BLOCK_PTR_FOR_FN(cfun));
	while (!work.is_empty())
		FOR_EACH_EDGE(e, ei, work.pop()->preds)
			if (!block_info_of(e->src)->ends) {
				block_info_of(e->src)->ends = true;
				work.safe_push(e->src);
			}
}

/*
 * Which blocks lead to another resync, and which are entered with open stores. Both answers
 * of a block only ever turn from false to true, so the loops end.
 */
static void blocks_solve(void)
{
	bool changed = true;
	basic_block bb;
	edge_iterator ei;
	edge e;

	while (changed) {
		changed = false;
		FOR_EACH_BB_REVERSE_FN(bb, cfun) {
			struct block_info *b = block_info_of(bb);
			bool joins = !b->barrier_first && b->comes >= WORTH_WAITING &&
				     b->waits >= WORTH_WAITING &&
				     (b->has_resync || block_joins_after(bb));

			changed |= joins != b->joins;
			b->joins = joins;
		}
	}
	for (changed = true; changed;) {
		changed = false;
		FOR_EACH_BB_FN(bb, cfun) {
			struct block_info *b = block_info_of(bb);
			bool open = false, out;

			FOR_EACH_EDGE(e, ei, bb->preds)
				open |= e->src->index >= NUM_FIXED_BLOCKS &&
					block_info_of(e->src)->open_out && edge_may_cross(e) &&
					b->joins;
			if (b->has_resync)
				out = !b->barrier_last && block_joins_after(bb);
			else
				out = open && !b->has_barrier;
			changed |= open != b->open_in || out != b->open_out;
			b->open_in = open;
			b->open_out = out;
		}
	}
}

/* What is to be done with the resyncs of a function. */
struct plan {
	auto_vec<gimple *> alone;  /* stays a call of its own */
	auto_vec<gimple *> opened; /* is only noted, */
	auto_vec<gimple *> looped; /* ... in a loop, */
	auto_vec<gimple *> last;   /* ... and this one, too, but then all is resynced */
	auto_vec<edge> flushed;    /* here what is open is resynced */
	hash_set<gimple *> left;   /* of all these, what stays as it is, as there are too many */
};

static void plan_block(basic_block bb, struct plan *plan)
{
	struct block_info *b = block_info_of(bb);
	gimple_stmt_iterator gsi, later;
	bool open = b->open_in;
	edge_iterator ei;
	edge e;

	for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi)) {
		gimple *stmt = gsi_stmt(gsi);
		bool joined = b->open_out;

		if (!sck_is_resync(stmt))
			continue;
		for (later = gsi, gsi_next(&later); !gsi_end_p(later); gsi_next(&later)) {
			joined = sck_is_resync(gsi_stmt(later));
			if (joined || sck_is_resync_barrier(gsi_stmt(later)))
				break;
			joined = b->open_out;
		}
		if (joined && b->loops)
			plan->looped.safe_push(stmt);
		else if (joined)
			plan->opened.safe_push(stmt);
		else if (open)
			plan->last.safe_push(stmt);
		else
			plan->alone.safe_push(stmt);
		open = joined;
	}
	if (!b->open_out)
		return;
	FOR_EACH_EDGE(e, ei, bb->succs)
		if (!edge_may_cross(e) || !block_info_of(e->dest)->joins)
			plan->flushed.safe_push(e);
}

/* Where size counts, at -Os and in cold code, the function that is called has the only test. */
static bool plan_tests_in_line(gimple *resync)
{
	return optimize_bb_for_speed_p(gimple_bb(resync));
}

/*
 * What the resyncs of a function may cost GCC. A test is a block and a way round it; what is noted
 * hangs on what was noted before, in a loop by four statements. Some of its passes take the
 * square of that, and GCC 12 goes down such a chain by recursion: two thousand stores
 * in one loop took all of its stack. SQLite's functions have eleven tests at most.
 */
#define COST_MAX  512
#define COST_LOOP 4

/* A resync that costs as much, unless it is left as the call that it is. */
struct costly {
	gimple *stmt;
	unsigned int cost;
	int often;
	unsigned int number;
};

static int costly_compare(const void *a, const void *b)
{
	const struct costly *x = (const struct costly *)a, *y = (const struct costly *)b;

	if (x->often != y->often)
		return x->often > y->often ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

static void costly_add(vec<gimple *> *stmts, unsigned int cost, auto_vec<struct costly> *all)
{
	gimple *stmt;
	unsigned int i;

	FOR_EACH_VEC_ELT(*stmts, i, stmt)
		all->safe_push(
			{ stmt, cost, gimple_bb(stmt)->count.to_frequency(cfun), all->length() });
}

static bool plan_is_cheap(const struct plan *plan)
{
	return plan->alone.length() + plan->opened.length() + plan->looped.length() * COST_LOOP +
		       plan->last.length() <=
	       COST_MAX;
}

/* Those that are executed least often are left, if there are too many. */
static void plan_find_left(struct plan *plan)
{
	auto_vec<struct costly> all;
	unsigned int i, cost = 0;

	if (plan_is_cheap(plan))
		return;
	costly_add(&plan->alone, 1, &all);
	costly_add(&plan->opened, 1, &all);
	costly_add(&plan->looped, COST_LOOP, &all);
	costly_add(&plan->last, 1, &all);
	all.qsort(costly_compare);
	for (i = 0; i < all.length(); i++) {
		cost += all[i].cost;
		if (cost > COST_MAX)
			plan->left.add(all[i].stmt);
	}
}

/* What is open is followed by this one, which is noted, too, if it may be. */
static void plan_open(struct plan *plan, gimple *stmt, bool loops)
{
	if (!plan->left.contains(stmt))
		sck_put_resync_open(stmt, sck_resync_certain(stmt), loops);
}

static void plan_carry_out(struct plan *plan)
{
	bool opens = plan->opened.length() || plan->looped.length();
	gimple *stmt;
	unsigned int i;
	edge e;

	plan_find_left(plan);
	if (opens)
		sck_begin_resync_open();
	FOR_EACH_VEC_ELT(plan->flushed, i, e)
		sck_put_resync_flush(split_edge(e), UNKNOWN_LOCATION);
	FOR_EACH_VEC_ELT(plan->last, i, stmt) {
		sck_put_resync_flush(split_block(gimple_bb(stmt), stmt)->dest,
				     gimple_location(stmt));
		plan_open(plan, stmt, false);
	}
	FOR_EACH_VEC_ELT(plan->opened, i, stmt)
		plan_open(plan, stmt, false);
	FOR_EACH_VEC_ELT(plan->looped, i, stmt)
		plan_open(plan, stmt, true);
	FOR_EACH_VEC_ELT(plan->alone, i, stmt)
		if (optimize && (!plan_tests_in_line(stmt) || plan->left.contains(stmt)))
			sck_put_resync_fill(stmt);
		else if (optimize && !sck_resync_certain(stmt))
			sck_put_resync_test(stmt);
	if (opens)
		sck_end_resync_open();
}

/* Join the resyncs of fn, and put tests in front of those that stay. */
void sck_plan_resyncs(function *fn)
{
	struct plan plan;
	basic_block bb;

	FOR_EACH_BB_FN(bb, fn)
		join_in_block(bb);
	block_infos = XCNEWVEC(struct block_info, last_basic_block_for_fn(fn));
	blocks_find_loops();
	blocks_find_ends();
	FOR_EACH_BB_FN(bb, fn)
		block_look(bb);
	blocks_estimate();
	blocks_solve();
	FOR_EACH_BB_FN(bb, fn)
		plan_block(bb, &plan);
	plan_carry_out(&plan);
	XDELETEVEC(block_infos);
}
