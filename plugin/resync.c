/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A later GIMPLE pass, after inlining: fewer and cheaper resyncs.
 *
 *	t.a = f;					t.a = f;
 *	static_call_key_store(&t.a, 8);			t.b = g;
 *	t.b = g;			becomes		static_call_key_store(&t.a, 16);
 *	static_call_key_store(&t.b, 8);
 *
 * A store is to be resynced before anybody can ask for it: before the next call, asm,
 * volatile or atomic access, and the end of the function. Until then the next store may
 * join it, be it behind branches or in a loop. Within a block, stores to one object are
 * joined here; beyond it, the function keeps the lowest and the highest address:
 *
 *	for (...)					lo = -1, hi = 0;
 *		p->fn[i] = f;				for (...) {
 *		static_call_key_store(...);			p->fn[i] = f;
 *					becomes			lo = min(lo, &p->fn[i]), hi = max(hi, ...);
 *							}
 *							if (hi)
 *								static_call_key_store(lo, hi - lo);
 *
 * To resync more than was stored to does no harm: where the keys are as their sites,
 * nothing happens.
 *
 * A pointer that only might lead to a key is tested in line against the range of all
 * keys, which the runtime keeps in the module's descriptor: two loads and a comparison,
 * and the rest of it in a cold block. A memset of such memory is made in that block
 * once more, so that the usual one can stay a tail call:
 *
 *	memset(p, 0, n);				if (p - range.lo < range.span) {
 *	static_call_key_store(p, n);	becomes			memset(p, 0, n);
 *								static_call_key_store(p, n);
 *							} else
 *								memset(p, 0, n);
 *
 * The test may come first, as a variable is in the range before any code has its address.
 * What turns out to be memory of this function's own, now that calls are inlined, is
 * not resynced at all.
 *
 * It comes after the passes that count or read a profile, which so is that of the
 * program without the plugin; and before the loop passes, which see the tests.
 */
#include "gcc-compat.h"
#include "sck.h"

/* By name, as the declarations may have come through link-time optimization. */
static bool calls_hidden(gimple *stmt, const char *symbol)
{
	tree fn = is_gimple_call(stmt) ? gimple_call_fndecl(stmt) : NULL_TREE;

	return fn && DECL_EXTERNAL(fn) && DECL_VISIBILITY(fn) == VISIBILITY_HIDDEN &&
	       !strcmp(sck_bare_name(fn), symbol);
}

static bool is_maybe(gimple *stmt)
{
	return calls_hidden(stmt, STATIC_CALL_KEY_STORE_MAYBE);
}

static bool is_resync(gimple *stmt)
{
	return calls_hidden(stmt, STATIC_CALL_KEY_STORE) || is_maybe(stmt);
}

/* May it be the program's own function, which does what it likes? */
static bool is_own_function(tree fn)
{
	cgraph_node *node = cgraph_node::get(fn);

	return (&flag_hosted && !flag_hosted) || (node && node->definition);
}

/* Functions that neither call back nor let another thread know of anything. */
static bool quiet_call(gcall *call)
{
	if (gimple_call_internal_p(call))
		return true;
	if (!gimple_call_builtin_p(call, BUILT_IN_NORMAL))
		return false;
	if (gimple_call_flags(call) & ECF_CONST)
		return true;
	if (is_own_function(gimple_call_fndecl(call)))
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

/* Must stores be resynced before this statement? */
static bool is_barrier(gimple *stmt)
{
	if (is_gimple_debug(stmt) || is_resync(stmt))
		return false;
	if (gcall *call = dyn_cast<gcall *>(stmt))
		return !quiet_call(call) || stmt_ends_bb_p(stmt);
	return gimple_has_volatile_ops(stmt) || gimple_code(stmt) == GIMPLE_ASM ||
	       gimple_code(stmt) == GIMPLE_TRANSACTION || gimple_code(stmt) == GIMPLE_RETURN ||
	       gimple_code(stmt) == GIMPLE_RESX || gimple_code(stmt) == GIMPLE_EH_DISPATCH ||
	       stmt_could_throw_p(cfun, stmt) || computed_goto_p(stmt);
}

/*
 * Where a resync begins: base, a variable or an SSA name, and so many bytes past it; or
 * an ADDR_EXPR, of an element that is not known.
 */
static tree resync_base(gimple *stmt, HOST_WIDE_INT *offset)
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

/*
 * The pointer that ptr was made from by arithmetic, or ptr itself: an SSA name that is
 * set before. Round a loop, a pointer that moves stays one into the same object.
 */
static tree find_root(tree ptr, bitmap seen)
{
	tree root = NULL_TREE, other, rhs;
	gimple *def;
	unsigned int i;

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
		if (gphi *phi = dyn_cast<gphi *>(def)) {
			if (!bitmap_set_bit(seen, SSA_NAME_VERSION(ptr)))
				return NULL_TREE; /* round the loop */
			for (i = 0; i < gimple_phi_num_args(phi); i++) {
				other = find_root(gimple_phi_arg_def(phi, i), seen);
				if (other && root && other != root)
					return ptr;
				root = other ? other : root;
			}
			return root && TREE_CODE(root) == SSA_NAME ? root : ptr;
		}
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

/* A resync of known bytes of base. */
struct extent {
	gimple *stmt;
	tree base;
	HOST_WIDE_INT from, to;
};

static bool find_extent(gimple *stmt, struct extent *e)
{
	tree size = gimple_call_arg(stmt, 1);

	e->stmt = stmt;
	e->base = resync_base(stmt, &e->from);
	if (!tree_fits_shwi_p(size) || !(VAR_P(e->base) || TREE_CODE(e->base) == SSA_NAME))
		return false;
	e->to = e->from + tree_to_shwi(size);
	return e->to > e->from;
}

/* Does the address certainly lie in the range, where there is a runtime? */
static bool is_certain(gimple *stmt)
{
	HOST_WIDE_INT offset;
	tree base = resync_base(stmt, &offset);

	if (TREE_CODE(base) == ADDR_EXPR)
		base = get_base_address(TREE_OPERAND(base, 0));
	return TREE_CODE(base) == INTEGER_CST ||
	       (VAR_P(base) && sck_var_has_key(base, 0, HOST_WIDE_INT_MAX));
}

static void remove_stmt(gimple *stmt)
{
	gimple_stmt_iterator gsi = gsi_for_stmt(stmt);

	unlink_stmt_vdef(stmt);
	gsi_remove(&gsi, true);
	release_defs(stmt);
}

/* Let the resync of wide do for that of narrow, which stands before it in its block. */
static void join(struct extent *wide, const struct extent *narrow)
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
	remove_stmt(narrow->stmt);
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

		if (is_barrier(stmt))
			open.truncate(0);
		if (!is_resync(stmt) || !find_extent(stmt, &now))
			continue;
		for (i = 0; i < open.length(); i++) {
			if (open[i].base != now.base)
				continue;
			join(&now, &open[i]);
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
	bool joins;         /* from its start, a resync comes up before a barrier */
	bool open_in;       /* at its start there may be stores to resync */
	bool open_out;
};

static struct block_info *infos;

static struct block_info *info_of(basic_block bb)
{
	return &infos[bb->index];
}

static void look_at_block(basic_block bb)
{
	struct block_info *b = info_of(bb);
	gimple_stmt_iterator gsi;

	for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi)) {
		if (is_resync(gsi_stmt(gsi))) {
			b->has_resync = true;
			b->barrier_last = false;
		} else if (is_barrier(gsi_stmt(gsi))) {
			b->has_barrier = true;
			b->barrier_first |= !b->has_resync;
			b->barrier_last = b->has_resync;
		}
	}
}

/*
 * May stores stay open over this edge? Not for long: not into a loop, and not round one
 * that does not end. In a loop they stay open as long as each is to another place; see
 * put_covered().
 */
static bool may_cross(edge e)
{
	if (e->flags & (EDGE_COMPLEX | EDGE_FAKE) || e->dest == EXIT_BLOCK_PTR_FOR_FN(cfun))
		return false;
	return e->flags & EDGE_DFS_BACK ? info_of(e->src)->ends : !info_of(e->dest)->heads;
}

/* Mark the blocks of the loop that this edge closes. */
static void mark_loop(edge back)
{
	auto_vec<basic_block> work;
	edge_iterator ei;
	auto_bitmap seen;
	edge e;

	info_of(back->dest)->heads = true;
	bitmap_set_bit(seen, back->dest->index);
	info_of(back->dest)->loops = true;
	if (bitmap_set_bit(seen, back->src->index))
		work.safe_push(back->src);
	while (!work.is_empty()) {
		basic_block bb = work.pop();

		info_of(bb)->loops = true;
		FOR_EACH_EDGE(e, ei, bb->preds)
			if (e->src->index >= NUM_FIXED_BLOCKS &&
			    bitmap_set_bit(seen, e->src->index))
				work.safe_push(e->src);
	}
}

static void find_loops(void)
{
	basic_block bb;
	edge_iterator ei;
	edge e;

	mark_dfs_back_edges();
	FOR_EACH_BB_FN(bb, cfun)
		FOR_EACH_EDGE(e, ei, bb->succs)
			if (e->flags & EDGE_DFS_BACK)
				mark_loop(e);
}

static bool joins_after(basic_block bb)
{
	edge_iterator ei;
	edge e;

	FOR_EACH_EDGE(e, ei, bb->succs)
		if (may_cross(e) && info_of(e->dest)->joins)
			return true;
	return false;
}

static void find_ends(void)
{
	auto_vec<basic_block> work;
	edge_iterator ei;
	edge e;

	work.safe_push(EXIT_BLOCK_PTR_FOR_FN(cfun));
	while (!work.is_empty())
		FOR_EACH_EDGE(e, ei, work.pop()->preds)
			if (!info_of(e->src)->ends) {
				info_of(e->src)->ends = true;
				work.safe_push(e->src);
			}
}

/* Both only ever turn from false to true, so they come to rest. */
static void solve(void)
{
	bool changed = true;
	basic_block bb;
	edge_iterator ei;
	edge e;

	while (changed) {
		changed = false;
		FOR_EACH_BB_REVERSE_FN(bb, cfun) {
			struct block_info *b = info_of(bb);
			bool joins = b->barrier_first ? false
				     : b->has_resync  ? true
						      : joins_after(bb);

			changed |= joins != b->joins;
			b->joins = joins;
		}
	}
	for (changed = true; changed;) {
		changed = false;
		FOR_EACH_BB_FN(bb, cfun) {
			struct block_info *b = info_of(bb);
			bool open = false, out;

			FOR_EACH_EDGE(e, ei, bb->preds)
				open |= e->src->index >= NUM_FIXED_BLOCKS &&
					info_of(e->src)->open_out && may_cross(e) && b->joins;
			if (b->has_resync)
				out = !b->barrier_last && joins_after(bb);
			else
				out = open && !b->has_barrier;
			changed |= open != b->open_in || out != b->open_out;
			b->open_in = open;
			b->open_out = out;
		}
	}
}

/* ---- the changes ---- */

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

static tree assign(gimple_seq *seq, tree lhs, tree rhs, location_t loc)
{
	gassign *stmt = gimple_build_assign(lhs ? lhs : make_ssa_name(TREE_TYPE(rhs)), rhs);

	gimple_set_location(stmt, loc);
	gimple_seq_add_stmt(seq, stmt);
	return gimple_assign_lhs(stmt);
}

static tree compute(gimple_seq *seq, tree lhs, enum tree_code code, tree a, tree b, location_t loc)
{
	gassign *stmt = gimple_build_assign(lhs ? lhs : make_ssa_name(size_type_node), code, a, b);

	gimple_set_location(stmt, loc);
	gimple_seq_add_stmt(seq, stmt);
	return gimple_assign_lhs(stmt);
}

static tree number_of(gimple_seq *seq, tree ptr, location_t loc)
{
	gassign *stmt =
		gimple_build_assign(make_ssa_name(size_type_node), NOP_EXPR, unshare_expr(ptr));

	gimple_set_location(stmt, loc);
	gimple_seq_add_stmt(seq, stmt);
	return gimple_assign_lhs(stmt);
}

static tree address_number(gimple_seq *seq, gimple *resync)
{
	return number_of(seq, gimple_call_arg(resync, 0), gimple_location(resync));
}

/* The block of an edge's two ends, entered rarely; the usual way goes past it. */
static basic_block cold_block(basic_block from, edge past, tree_code code, tree a, tree b)
{
	basic_block then = create_empty_bb(from), to = past->dest;
	profile_probability rare = profile_probability::very_unlikely();
	gimple_stmt_iterator gsi = gsi_last_bb(from);
	edge e;

	gsi_insert_after(&gsi, gimple_build_cond(code, a, b, NULL_TREE, NULL_TREE), GSI_NEW_STMT);
	past->flags &= ~EDGE_FALLTHRU;
	past->flags |= EDGE_FALSE_VALUE;
	past->probability = rare.invert();
	e = make_edge(from, then, EDGE_TRUE_VALUE);
	e->probability = rare;
	then->count = from->count.apply_probability(rare);
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
static void unchain(gimple *stmt)
{
	tree vdef = gimple_vdef(stmt);

	unlink_stmt_vdef(stmt);
	gimple_set_vuse(stmt, NULL_TREE);
	gimple_set_vdef(stmt, NULL_TREE);
	gimple_set_modified(stmt, true);
	if (vdef && TREE_CODE(vdef) == SSA_NAME)
		release_ssa_name(vdef);
}

static void append(basic_block bb, gimple *stmt)
{
	gimple_stmt_iterator gsi = gsi_last_bb(bb);

	gsi_insert_after(&gsi, stmt, GSI_NEW_STMT);
}

static void move_into(basic_block bb, gimple *stmt)
{
	gimple_stmt_iterator from = gsi_for_stmt(stmt);

	unchain(stmt);
	gsi_remove(&from, false);
	append(bb, stmt);
}

/*
 * The test of a resync's address against the range; what is compared with the span, by
 * LE_EXPR. What is tested is the pointer that the address was made from: it points into
 * the same object, or right behind it, and is the same all through a loop.
 */
static gimple_seq build_test(gimple *resync, tree *distance, tree *span)
{
	location_t loc = gimple_location(resync);
	tree root, address, lo;
	gimple_seq seq = NULL;
	auto_bitmap seen;

	root = find_root(gimple_call_arg(resync, 0), seen);
	address = root && TREE_CODE(root) == SSA_NAME ? number_of(&seq, root, loc)
						      : address_number(&seq, resync);
	lo = assign(&seq, NULL_TREE, range_lo(), loc);
	*distance = compute(&seq, NULL_TREE, MINUS_EXPR, address, lo, loc);
	*span = assign(&seq, NULL_TREE, range_span(), loc);
	return seq;
}

/* The call in front of a resync, if it is one that fills the memory and returns nothing. */
static gcall *filling_call(gimple *resync)
{
	gimple_stmt_iterator gsi = gsi_for_stmt(resync);
	gcall *call;

	gsi_prev_nondebug(&gsi);
	call = gsi_end_p(gsi) ? NULL : dyn_cast<gcall *>(gsi_stmt(gsi));
	if (!call || gimple_call_lhs(call) || !quiet_call(call) || stmt_ends_bb_p(call) ||
	    gimple_call_internal_p(call) || gimple_call_num_args(call) < 2 ||
	    !operand_equal_p(gimple_call_arg(call, 0), gimple_call_arg(resync, 0), 0))
		return NULL;
	return call;
}

/* if (in range) resync; or with the call that stores in both branches. */
static void put_test(gimple *resync)
{
	tree distance, span;
	gimple_seq seq = build_test(resync, &distance, &span);
	gcall *filler = filling_call(resync);
	gimple *copy;
	basic_block cold;
	edge past, behind;

	if (!filler) {
		past = split_before(resync, seq);
		cold = cold_block(past->src, past, LE_EXPR, distance, span);
		move_into(cold, resync);
		return;
	}
	behind = split_block(gimple_bb(resync), resync);
	past = split_before(filler, seq);
	cold = cold_block(past->src, past, LE_EXPR, distance, span);
	redirect_edge_succ(single_succ_edge(cold), behind->dest);
	copy = gimple_copy(filler);
	gimple_set_vuse(copy, NULL_TREE);
	gimple_set_vdef(copy, NULL_TREE);
	append(cold, copy);
	move_into(cold, resync);
}

static void put_reset(gimple_seq *seq)
{
	assign(seq, low, TYPE_MAX_VALUE(size_type_node), UNKNOWN_LOCATION);
	assign(seq, high, size_zero_node, UNKNOWN_LOCATION);
}

static tree choose(gimple_seq *seq, tree lhs, tree test, tree yes, tree no)
{
	gassign *stmt = gimple_build_assign(lhs ? lhs : make_ssa_name(size_type_node), COND_EXPR,
					    test, yes, no);

	gimple_seq_add_stmt(seq, stmt);
	return gimple_assign_lhs(stmt);
}

static tree compare(gimple_seq *seq, enum tree_code code, tree a, tree b)
{
	gassign *stmt = gimple_build_assign(make_ssa_name(boolean_type_node), code, a, b);

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
	tree above = compare(seq, GE_EXPR, address, low), below = compare(seq, LE_EXPR, end, high);
	tree covered = make_ssa_name(boolean_type_node), size, pointer;
	gassign *both = gimple_build_assign(covered, BIT_AND_EXPR, above, below);
	gassign *convert;
	gcall *call;

	gimple_seq_add_stmt(seq, both);
	size = compute(seq, NULL_TREE, MINUS_EXPR, high, low, loc);
	size = choose(seq, NULL_TREE, covered, size, size_zero_node);
	pointer = make_ssa_name(const_ptr_type_node);
	convert = gimple_build_assign(pointer, NOP_EXPR, low);
	gimple_seq_add_stmt(seq, convert);
	call = gimple_build_call(sck_store_function(), 2, pointer, size);
	gimple_set_location(call, loc);
	gimple_seq_add_stmt(seq, call);
	choose(seq, low, covered, TYPE_MAX_VALUE(size_type_node), low);
	choose(seq, high, covered, size_zero_node, high);
}

/* Add what a resync is for to what is open, and drop it. */
static void put_open(gimple *resync, bool certain, bool loops)
{
	location_t loc = gimple_location(resync);
	tree size = gimple_call_arg(resync, 1), address, end, distance, span;
	gimple_seq test = certain ? NULL : build_test(resync, &distance, &span), seq = NULL;
	gimple_stmt_iterator gsi;
	edge past;

	address = address_number(&seq, resync);
	if (integer_all_onesp(size))
		end = TYPE_MAX_VALUE(size_type_node);
	else
		end = compute(&seq, NULL_TREE, PLUS_EXPR, address, size, loc);
	if (loops)
		put_covered(&seq, address, end, loc);
	compute(&seq, low, MIN_EXPR, low, address, loc);
	compute(&seq, high, MAX_EXPR, high, end, loc);
	if (certain) {
		gsi = gsi_for_stmt(resync);
		gsi_insert_seq_before(&gsi, seq, GSI_SAME_STMT);
	} else {
		past = split_before(resync, test);
		gsi = gsi_last_bb(cold_block(past->src, past, LE_EXPR, distance, span));
		gsi_insert_seq_after(&gsi, seq, GSI_NEW_STMT);
	}
	remove_stmt(resync);
}

/* Resync what is open, at the start of this block. */
static void put_flush(basic_block bb, location_t loc)
{
	edge past = split_block_after_labels(bb);
	basic_block from = past->src, then;
	gimple_stmt_iterator gsi;
	gimple_seq seq = NULL, reset = NULL;
	gassign *convert;
	gcall *call;
	tree size;

	put_reset(&reset);
	gsi = gsi_after_labels(past->dest);
	gsi_insert_seq_before(&gsi, reset, GSI_SAME_STMT);
	then = cold_block(from, past, NE_EXPR, high, size_zero_node);
	size = compute(&seq, NULL_TREE, MINUS_EXPR, high, low, loc);
	convert = gimple_build_assign(make_ssa_name(const_ptr_type_node), NOP_EXPR, low);
	gimple_set_location(convert, loc);
	gimple_seq_add_stmt(&seq, convert);
	call = gimple_build_call(sck_store_function(), 2, gimple_assign_lhs(convert), size);
	gimple_set_location(call, loc);
	gimple_seq_add_stmt(&seq, call);
	gsi = gsi_last_bb(then);
	gsi_insert_seq_after(&gsi, seq, GSI_NEW_STMT);
}

/* What is to be done with the resyncs of a function. */
struct plan {
	auto_vec<gimple *> alone;  /* stays a call of its own */
	auto_vec<gimple *> opened; /* is only noted, */
	auto_vec<gimple *> looped; /* ... in a loop, */
	auto_vec<gimple *> last;   /* ... and this one, too, but then all is resynced */
	auto_vec<edge> flushed;    /* here what is open is resynced */
};

static void plan_block(basic_block bb, struct plan *plan)
{
	struct block_info *b = info_of(bb);
	gimple_stmt_iterator gsi, later;
	bool open = b->open_in;
	edge_iterator ei;
	edge e;

	for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi)) {
		gimple *stmt = gsi_stmt(gsi);
		bool joined = b->open_out;

		if (!is_resync(stmt))
			continue;
		for (later = gsi, gsi_next(&later); !gsi_end_p(later); gsi_next(&later)) {
			joined = is_resync(gsi_stmt(later));
			if (joined || is_barrier(gsi_stmt(later)))
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
		if (!may_cross(e) || !info_of(e->dest)->joins)
			plan->flushed.safe_push(e);
}

/*
 * A test in a loop is of a pointer that stays the same: let GCC make two loops of it, as it
 * does at -O3, so that the usual one has no test, and is vectorized as before.
 */
static void unswitch(function *fn)
{
	struct gcc_options options = global_options;

	if (flag_unswitch_loops || optimize < 2 || !optimize_function_for_speed_p(fn))
		return;
	options.x_flag_unswitch_loops = 1;
	DECL_FUNCTION_SPECIFIC_OPTIMIZATION(fn->decl) =
		build_optimization_node(&options, &global_options_set);
	flag_unswitch_loops = 1; /* until the next function is compiled */
}

static void carry_out(struct plan *plan)
{
	bool opens = plan->opened.length() || plan->looped.length();
	gimple_seq seq = NULL;
	gimple *stmt;
	unsigned int i;
	edge e;

	if (opens) {
		low = create_tmp_reg(size_type_node, "static_call_key_low");
		high = create_tmp_reg(size_type_node, "static_call_key_high");
	}
	FOR_EACH_VEC_ELT(plan->flushed, i, e)
		put_flush(split_edge(e), UNKNOWN_LOCATION);
	FOR_EACH_VEC_ELT(plan->last, i, stmt) {
		put_flush(split_block(gimple_bb(stmt), stmt)->dest, gimple_location(stmt));
		put_open(stmt, is_certain(stmt), false);
	}
	FOR_EACH_VEC_ELT(plan->opened, i, stmt)
		put_open(stmt, is_certain(stmt), false);
	FOR_EACH_VEC_ELT(plan->looped, i, stmt)
		put_open(stmt, is_certain(stmt), true);
	FOR_EACH_VEC_ELT(plan->alone, i, stmt)
		if (optimize && !is_certain(stmt))
			put_test(stmt);
	if (opens) {
		put_reset(&seq);
		gsi_insert_seq_on_edge_immediate(single_succ_edge(ENTRY_BLOCK_PTR_FOR_FN(cfun)),
						 seq);
	}
}

/*
 * Is this resync for nothing, now that it is known whose pointer it was? At the link the
 * tags are not all at hand: there only what is the function's own memory is.
 */
static bool for_nothing(gimple *stmt)
{
	tree address = gimple_call_arg(stmt, 0), size = gimple_call_arg(stmt, 1);

	if (integer_zerop(address))
		return false;
	if (sck_private_memory(address))
		return true;
	return is_maybe(stmt) && !in_lto_p &&
	       sck_reach(address, 0, tree_fits_shwi_p(size) ? tree_to_shwi(size) : HOST_WIDE_INT_MAX,
			 false, true) == SCK_REACH_NONE;
}

/* Its stores are looked at where it is inlined. */
static bool is_inlined_always(void)
{
	return lookup_attribute("always_inline", DECL_ATTRIBUTES(current_function_decl));
}

/*
 * Drop what is for nothing; with stores=warn and stores=error, all, and tell of the rest.
 * True if resyncs are left.
 */
static bool drop_needless(function *fn, bool last)
{
	bool again = !last && is_inlined_always();
	/* At the link the choice was made, by each unit. */
	bool follow = in_lto_p || sck_stores_followed();
	gimple_stmt_iterator gsi;
	bool left = false;
	basic_block bb;

	FOR_EACH_BB_FN(bb, fn)
		for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi);) {
			gimple *stmt = gsi_stmt(gsi);

			gsi_next(&gsi);
			if (!is_resync(stmt))
				continue;
			if (!for_nothing(stmt) && (follow || again)) {
				left = true;
				continue;
			}
			if (!for_nothing(stmt) && !is_inlined_always())
				sck_tell_store(stmt, NULL);
			remove_stmt(stmt);
		}
	return left;
}

/* What is left of those that only may be needed is as good as the others. */
static void settle(function *fn)
{
	gimple_stmt_iterator gsi;
	basic_block bb;

	FOR_EACH_BB_FN(bb, fn)
		for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi))
			if (is_maybe(gsi_stmt(gsi))) {
				gimple_call_set_fndecl(as_a<gcall *>(gsi_stmt(gsi)),
						       sck_store_function());
				update_stmt(gsi_stmt(gsi));
			}
}

static bool tests_in_loops(struct plan *plan)
{
	gimple *stmt;
	unsigned int i;

	FOR_EACH_VEC_ELT(plan->looped, i, stmt)
		if (!is_certain(stmt))
			return true;
	FOR_EACH_VEC_ELT(plan->alone, i, stmt)
		if (info_of(gimple_bb(stmt))->loops && !is_certain(stmt))
			return true;
	return false;
}

namespace {

const pass_data drop_pass_data = {
	GIMPLE_PASS,
	"static_call_drop", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	PROP_cfg | PROP_ssa, /* properties_required */
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

/*
 * After early inlining, of what must be inlined at -O0 as well, and before the sizes of
 * functions are looked at for more.
 */
class drop_pass : public gimple_opt_pass {
public:
	drop_pass(gcc::context *ctxt) : gimple_opt_pass(drop_pass_data, ctxt) {}
	bool gate(function *) { return sck_store_calls(); }
	unsigned int execute(function *fn)
	{
		drop_needless(fn, false);
		return 0;
	}
};

const pass_data resync_pass_data = {
	GIMPLE_PASS,
	"static_call_resync", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	PROP_cfg | PROP_ssa, /* properties_required */
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

class resync_pass : public gimple_opt_pass {
public:
	resync_pass(gcc::context *ctxt) : gimple_opt_pass(resync_pass_data, ctxt) {}
	bool gate(function *) { return in_lto_p || sck_store_calls(); }
	unsigned int execute(function *fn);
};

unsigned int resync_pass::execute(function *fn)
{
	struct plan plan;
	basic_block bb;

	if (!drop_needless(fn, true))
		return 0;
	settle(fn);
	FOR_EACH_BB_FN(bb, fn)
		join_in_block(bb);
	infos = XCNEWVEC(struct block_info, last_basic_block_for_fn(fn));
	find_loops();
	find_ends();
	FOR_EACH_BB_FN(bb, fn)
		look_at_block(bb);
	solve();
	FOR_EACH_BB_FN(bb, fn)
		plan_block(bb, &plan);
	if (tests_in_loops(&plan))
		unswitch(fn);
	carry_out(&plan);
	XDELETEVEC(infos);
	free_dominance_info(CDI_DOMINATORS);
	free_dominance_info(CDI_POST_DOMINATORS);
	mark_virtual_operands_for_renaming(fn);
	cgraph_edge::rebuild_edges();
	return TODO_update_ssa | TODO_cleanup_cfg;
}

} /* namespace */

static void register_after(const char *plugin_name, opt_pass *pass, const char *reference)
{
	struct register_pass_info info;

	info.pass = pass;
	info.reference_pass_name = reference;
	info.ref_pass_instance_number = 1;
	info.pos_op = PASS_POS_INSERT_AFTER;
	register_callback(plugin_name, PLUGIN_PASS_MANAGER_SETUP, NULL, &info);
}

void sck_register_resync_pass(const char *plugin_name)
{
	register_after(plugin_name, new drop_pass(g), "einline");
	register_after(plugin_name, new resync_pass(g), "ehdisp");
}
