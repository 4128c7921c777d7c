/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A pass beside GCC's own unswitching: a loop with tests of addresses against the range of all
 * keys becomes two, where one test in front of it can tell for all rounds that no address
 * lies in it. The usual loop is that of the program without the plugin.
 *
 *	do {					if (out of range(d->slots) &&
 *		d->slots[i] = p;		    no store of the loop hits d->slots)
 *		if (in range(d->slots))			do
 *			...		becomes			d->slots[i] = p;
 *	} while (++i < n);				while (++i < n);
 *						else
 *							as before
 *
 * A pointer that is set before the loop is the same in all rounds. So is one that the loop
 * loads, if what is stored in it lies elsewhere: because types or the pointers' origin say
 * so, or as far as the address moves in all rounds, which is then compared in front of
 * the loop with where the pointer is.
 */
#include "gcc-compat.h"
#include "gimple/passes.h"
#include "gimple/resync.h"

/* A test of the loop, and the pointer that it is of. */
struct range_test {
	gcond *cond;
	tree root;
};

/* Statements of the loop that a value is made by, the same in all rounds; in order. */
struct slice {
	auto_vec<gassign *, 8> stmts;
	auto_vec<tree, 8> results; /* in front of the loop, once they are copied there */
};

#define SLICE_MAX 16

/* Comparisons in front of a loop: more of them take longer than the tests of a few rounds. */
#define MEETS_MAX 4

/* A store of the loop: first + round * step, as numbers, with first in front of the loop. */
struct store_walk {
	gassign *stmt;
	tree first, offset; /* first + offset, if there is one: a pointer of the slice */
	HOST_WIDE_INT step, size, add;
};

struct versioning {
	class loop *loop;
	auto_vec<struct range_test, 4> tests;
	struct slice slice;
	auto_vec<struct store_walk, 4> walks; /* to be compared with each load of the slice */
	tree rounds;                          /* but the first */
};

/* A number of rounds, and a step, by which no address can come round. */
#define ROUNDS_MAX (HOST_WIDE_INT_1 << 40)
#define STEP_MAX   (HOST_WIDE_INT_1 << 20)

static bool in_loop(class loop *loop, tree value)
{
	basic_block bb = TREE_CODE(value) == SSA_NAME && !SSA_NAME_IS_DEFAULT_DEF(value)
				 ? gimple_bb(SSA_NAME_DEF_STMT(value))
				 : NULL;

	return bb && flow_bb_inside_loop_p(loop, bb);
}

/* Is there no way through the loop that does not lead through this block? */
static bool block_always_runs(class loop *loop, basic_block bb)
{
	auto_vec<edge> exits = get_loop_exit_edges(loop);
	bool always = dominated_by_p(CDI_DOMINATORS, loop->latch, bb);
	unsigned int i;

	for (i = 0; i < exits.length() && always; i++)
		always = dominated_by_p(CDI_DOMINATORS, exits[i]->src, bb);
	return always;
}

/*
 * Can value be had in front of the loop? What makes it must run in the first round anyway, as it
 * may trap or overflow. Then all of it is added to the slice.
 */
static bool slice_add(struct versioning *v, tree value)
{
	gassign *def;
	ssa_op_iter iter;
	tree operand;

	if (TREE_CODE(value) != SSA_NAME)
		return is_gimple_min_invariant(value);
	if (!in_loop(v->loop, value))
		return !SSA_NAME_OCCURS_IN_ABNORMAL_PHI(value);
	def = dyn_cast<gassign *>(SSA_NAME_DEF_STMT(value));
	if (!def || gimple_has_volatile_ops(def) || stmt_could_throw_p(cfun, def))
		return false;
	if (v->slice.stmts.contains(def))
		return true;
	if (v->slice.stmts.length() >= SLICE_MAX || !block_always_runs(v->loop, gimple_bb(def)))
		return false;
	FOR_EACH_SSA_TREE_OPERAND(operand, def, iter, SSA_OP_USE)
		if (!slice_add(v, operand))
			return false;
	v->slice.stmts.safe_push(def);
	return true;
}

static bool slice_loads(const struct versioning *v)
{
	gassign *stmt;
	unsigned int i;

	FOR_EACH_VEC_ELT(v->slice.stmts, i, stmt)
		if (gimple_vuse(stmt))
			return true;
	return false;
}

/* The value of an operand in front of the loop. */
static tree slice_value(struct versioning *v, tree value)
{
	unsigned int i;

	for (i = 0; i < v->slice.results.length(); i++)
		if (gimple_assign_lhs(v->slice.stmts[i]) == value)
			return v->slice.results[i];
	return value;
}

/* Is the value there in front of the loop, by what the slice has already? */
static bool slice_has(const struct versioning *v, tree value)
{
	gassign *def;

	if (!in_loop(v->loop, value))
		return true;
	def = dyn_cast<gassign *>(SSA_NAME_DEF_STMT(value));
	return def && v->slice.stmts.contains(def);
}

static void slice_copy(struct versioning *v, gimple_seq *seq)
{
	use_operand_p use;
	ssa_op_iter iter;
	gassign *stmt;
	unsigned int i;

	FOR_EACH_VEC_ELT(v->slice.stmts, i, stmt) {
		gassign *copy = as_a<gassign *>(gimple_copy(stmt));
		tree result = make_ssa_name(TREE_TYPE(gimple_assign_lhs(stmt)));

		gimple_assign_set_lhs(copy, result);
		gimple_set_vuse(copy, NULL_TREE);
		gimple_set_modified(copy, true);
		gimple_seq_add_stmt(seq, copy); /* only now its operands are known */
		FOR_EACH_SSA_USE_OPERAND(use, copy, iter, SSA_OP_USE)
			SET_USE(use, slice_value(v, USE_FROM_PTR(use)));
		update_stmt(copy);
		v->slice.results.safe_push(result);
	}
}

static gcond *block_condition(basic_block bb)
{
	gimple_stmt_iterator gsi = gsi_last_nondebug_bb(bb);

	return gsi_end_p(gsi) ? NULL : dyn_cast<gcond *>(gsi_stmt(gsi));
}

static void find_tests(struct versioning *v, bool loads)
{
	basic_block *body = get_loop_body(v->loop);
	unsigned int i;

	for (i = 0; i < v->loop->num_nodes; i++) {
		gcond *cond = block_condition(body[i]);
		unsigned int had = v->slice.stmts.length();
		struct range_test test = { cond, NULL_TREE };

		if (!cond || !(test.root = sck_range_test(cond)))
			continue;
		if (slice_add(v, test.root) && (loads || !slice_loads(v)))
			v->tests.safe_push(test);
		else
			v->slice.stmts.truncate(had);
	}
	free(body);
}

/* Where the store goes, as a walk; false if that cannot be told in front of the loop. */
static bool walk_find(struct versioning *v, gassign *store, struct store_walk *w)
{
	tree lhs = gimple_assign_lhs(store), base, ptr, step;
	poly_int64 poffset;
	affine_iv iv;
	gimple *def;

	w->stmt = store;
	w->offset = NULL_TREE;
	base = get_addr_base_and_unit_offset(lhs, &poffset);
	if (!base || TREE_CODE(base) != MEM_REF || !poffset.is_constant(&w->add) ||
	    !tree_fits_shwi_p(TREE_OPERAND(base, 1)) ||
	    !tree_fits_shwi_p(TYPE_SIZE_UNIT(TREE_TYPE(lhs))))
		return false;
	w->add += tree_to_shwi(TREE_OPERAND(base, 1));
	w->size = tree_to_shwi(TYPE_SIZE_UNIT(TREE_TYPE(lhs)));
	ptr = TREE_OPERAND(base, 0);
	if (TREE_CODE(ptr) != SSA_NAME)
		return false;
	if (simple_iv(v->loop, v->loop, ptr, &iv, false)) {
		w->first = iv.base;
		step = iv.step;
	} else {
		def = SSA_NAME_DEF_STMT(ptr);
		w->first = ptr;
		step = size_zero_node;
		if (is_gimple_assign(def) && gimple_assign_rhs_code(def) == POINTER_PLUS_EXPR) {
			w->first = gimple_assign_rhs1(def);
			if (!simple_iv(v->loop, v->loop, gimple_assign_rhs2(def), &iv, false))
				return false;
			w->offset = iv.base;
			step = iv.step;
		}
		if (!slice_has(v, w->first))
			return false;
	}
	if (TREE_CODE(step) != INTEGER_CST)
		return false;
	w->step = wi::to_wide(step).to_shwi(); /* of a type without a sign */
	return IN_RANGE(w->step, -STEP_MAX, STEP_MAX) && IN_RANGE(w->add, -STEP_MAX, STEP_MAX) &&
	       w->size <= STEP_MAX;
}

/* May the store change what a load of the slice finds, so that the two are to be compared? */
static bool may_meet(const struct store_walk *w, gassign *load)
{
	return gimple_vuse(load) &&
	       refs_may_alias_p(gimple_assign_lhs(w->stmt), gimple_assign_rhs1(load));
}

/*
 * Can the place of the load be compared with that of the store, as numbers? Not what lies in a
 * register, in bits or in another address space.
 */
static bool has_number(tree ref)
{
	tree base = get_base_address(ref);

	for (; handled_component_p(ref); ref = TREE_OPERAND(ref, 0))
		if (TREE_CODE(ref) == BIT_FIELD_REF ||
		    (TREE_CODE(ref) == COMPONENT_REF && DECL_BIT_FIELD(TREE_OPERAND(ref, 1))))
			return false;
	return base && !(VAR_P(base) && DECL_HARD_REGISTER(base)) &&
	       ADDR_SPACE_GENERIC_P(TYPE_ADDR_SPACE(TREE_TYPE(base)));
}

/* Are both at known distances from one pointer? Then they meet in any case: *s->top++ = p. */
static bool meets_always(const struct store_walk *w, gassign *load)
{
	poly_int64 offset;
	tree a = get_addr_base_and_unit_offset(gimple_assign_lhs(w->stmt), &offset);
	tree b = get_addr_base_and_unit_offset(gimple_assign_rhs1(load), &offset);

	return a && b && TREE_CODE(a) == MEM_REF && TREE_CODE(b) == MEM_REF &&
	       TREE_OPERAND(a, 0) == TREE_OPERAND(b, 0);
}

/* Divisions take longer than many a loop. */
static tree divides(tree *at, int *, void *)
{
	switch (TREE_CODE(*at)) {
	case CALL_EXPR:
	case TRUNC_DIV_EXPR:
	case TRUNC_MOD_EXPR:
	case CEIL_DIV_EXPR:
	case FLOOR_DIV_EXPR:
	case FLOOR_MOD_EXPR:
	case EXACT_DIV_EXPR:
		return *at;
	default:
		return NULL_TREE;
	}
}

/* How often the loop goes round, at most: as often as one of its exits lets it. */
static bool find_rounds(struct versioning *v)
{
	auto_vec<edge> exits = get_loop_exit_edges(v->loop);
	class tree_niter_desc desc;
	unsigned int i;

	for (i = 0; i < exits.length() && !v->rounds; i++) {
		if (!number_of_iterations_exit(v->loop, exits[i], &desc, false) ||
		    TYPE_PRECISION(TREE_TYPE(desc.niter)) > TYPE_PRECISION(size_type_node))
			continue;
		v->rounds = fold_build3(COND_EXPR, TREE_TYPE(desc.niter), desc.may_be_zero,
					build_zero_cst(TREE_TYPE(desc.niter)), desc.niter);
		if (walk_tree_without_duplicates(&v->rounds, divides, NULL))
			v->rounds = NULL_TREE;
	}
	return v->rounds;
}

/* Is this the way that a test takes for an address in the range? */
static bool edge_is_cold(const struct versioning *v, edge e)
{
	unsigned int i;

	for (i = 0; i < v->tests.length(); i++)
		if (gimple_bb(v->tests[i].cond) == e->src)
			return e->flags & EDGE_TRUE_VALUE;
	return false;
}

/* What is left of the loop where all tests find nothing. */
static void find_live(const struct versioning *v, vec<gimple *> *live)
{
	auto_vec<basic_block, 16> work;
	gimple_stmt_iterator gsi;
	edge_iterator ei;
	auto_bitmap seen;
	edge e;

	work.safe_push(v->loop->header);
	bitmap_set_bit(seen, v->loop->header->index);
	while (!work.is_empty()) {
		basic_block bb = work.pop();

		for (gsi = gsi_start_nondebug_bb(bb); !gsi_end_p(gsi); gsi_next_nondebug(&gsi))
			live->safe_push(gsi_stmt(gsi));
		FOR_EACH_EDGE(e, ei, bb->succs)
			if (flow_bb_inside_loop_p(v->loop, e->dest) && !edge_is_cold(v, e) &&
			    bitmap_set_bit(seen, e->dest->index))
				work.safe_push(e->dest);
	}
}

/* Do all loads of the slice find in each round what they find in front of the loop? */
static bool loads_stay(struct versioning *v, const vec<gimple *> *live)
{
	unsigned int i, j, meets = 0;

	for (i = 0; i < live->length(); i++) {
		struct store_walk w;
		unsigned int had = meets;

		if (is_gimple_call((*live)[i]) || gimple_code((*live)[i]) == GIMPLE_ASM ||
		    gimple_has_volatile_ops((*live)[i]))
			return false;
		if (!gimple_vdef((*live)[i]))
			continue;
		w.stmt = dyn_cast<gassign *>((*live)[i]);
		if (!w.stmt)
			return false;
		for (j = 0; j < v->slice.stmts.length(); j++) {
			gassign *load = v->slice.stmts[j];

			if (!may_meet(&w, load))
				continue;
			if (++meets > MEETS_MAX || !has_number(gimple_assign_rhs1(load)) ||
			    meets_always(&w, load))
				return false;
		}
		if (meets == had)
			continue;
		if (!has_number(gimple_assign_lhs(w.stmt)) || !find_rounds(v) ||
		    !walk_find(v, w.stmt, &w))
			return false;
		v->walks.safe_push(w);
	}
	return true;
}

/* Is a test made in most of the rounds? A loop with a rare one, as an interpreter's, stays one. */
static bool is_worth_it(const struct versioning *v)
{
	profile_count rounds = v->loop->header->count;
	unsigned int i;

	for (i = 0; i < v->tests.length(); i++) {
		basic_block bb = gimple_bb(v->tests[i].cond);

		if (block_always_runs(v->loop, bb) ||
		    (rounds.nonzero_p() && bb->count.initialized_p() &&
		     bb->count.probability_in(rounds) >= profile_probability::even()))
			return true;
	}
	return false;
}

/* The tests that can be made in front of the loop, with pointers that it loads or without. */
static bool find_version(struct versioning *v, bool loads)
{
	auto_vec<gimple *, 64> live;

	v->tests.truncate(0);
	v->slice.stmts.truncate(0);
	v->walks.truncate(0);
	find_tests(v, loads);
	if (!is_worth_it(v))
		return false;
	find_live(v, &live);
	return live.length() <= (unsigned int)param_max_unswitch_insns &&
	       (!slice_loads(v) || loads_stay(v, &live));
}

static tree number(gimple_seq *seq, tree value)
{
	gimple_seq before = NULL;

	value = force_gimple_operand(fold_convert(size_type_node, unshare_expr(value)), &before,
				     true, NULL_TREE);
	gimple_seq_add_seq(seq, before);
	return value;
}

/* The address of what a load of the slice loads, in front of the loop, where its copy is. */
static tree address_of(struct versioning *v, gimple_seq *seq, gassign *load)
{
	gimple *copy = SSA_NAME_DEF_STMT(slice_value(v, gimple_assign_lhs(load)));

	return number(seq, build_fold_addr_expr(unshare_expr(gimple_assign_rhs1(copy))));
}

/*
 * Is no byte that the store writes one of the size bytes at address? Both are taken from where
 * the store's lowest byte is, so that it does not matter where numbers begin anew.
 */
static tree passes_by(struct versioning *v, gimple_seq *seq, const struct store_walk *w,
		      tree address, HOST_WIDE_INT size)
{
	tree first = number(seq, slice_value(v, w->first)), rounds = number(seq, v->rounds), way,
	     span;

	if (w->offset)
		first = sck_build_value(seq, PLUS_EXPR, size_type_node, first,
					number(seq, w->offset));
	/* Where it begins to touch what begins at address ... */
	first = sck_build_value(seq, PLUS_EXPR, size_type_node, first, size_int(w->add - size + 1));
	way = sck_build_value(seq, MULT_EXPR, size_type_node, rounds, size_int(w->step));
	if (w->step < 0) {
		first = sck_build_value(seq, PLUS_EXPR, size_type_node, first, way);
		way = sck_build_value(seq, MINUS_EXPR, size_type_node, size_zero_node, way);
	}
	/* ... and where no more. */
	span = sck_build_value(seq, PLUS_EXPR, size_type_node, way, size_int(w->size + size - 1));
	address = sck_build_value(seq, MINUS_EXPR, size_type_node, address, first);
	return sck_build_value(seq, GE_EXPR, boolean_type_node, address, span);
}

/* Everything that is asked in front of the loop. */
static tree build_question(struct versioning *v, gimple_seq *seq)
{
	tree yes = boolean_true_node;
	unsigned int i, j;

	slice_copy(v, seq);
	for (i = 0; i < v->tests.length(); i++)
		yes = sck_build_value(seq, BIT_AND_EXPR, boolean_type_node, yes,
				      sck_build_out_of_range(seq,
							     slice_value(v, v->tests[i].root)));
	for (i = 0; i < v->walks.length(); i++)
		for (j = 0; j < v->slice.stmts.length(); j++) {
			gassign *load = v->slice.stmts[j];

			if (!may_meet(&v->walks[i], load))
				continue;
			yes = sck_build_value(seq, BIT_AND_EXPR, boolean_type_node, yes,
					      passes_by(v, seq, &v->walks[i],
							address_of(v, seq, load),
							tree_to_shwi(TYPE_SIZE_UNIT(TREE_TYPE(
								gimple_assign_lhs(load))))));
		}
	if (!v->walks.is_empty() && TREE_CODE(v->rounds) != INTEGER_CST)
		yes = sck_build_value(seq, BIT_AND_EXPR, boolean_type_node, yes,
				      sck_build_value(seq, LE_EXPR, boolean_type_node,
						      number(seq, v->rounds),
						      size_int(ROUNDS_MAX)));
	return yes;
}

static void version_loop(struct versioning *v)
{
	gimple_seq seq = NULL;
	tree yes = build_question(v, &seq);
	unsigned int i;

	gsi_insert_seq_on_edge_immediate(loop_preheader_edge(v->loop), seq);
	initialize_original_copy_tables();
	if (loop_version(v->loop, build2(NE_EXPR, boolean_type_node, yes, boolean_false_node), NULL,
			 profile_probability::always(), profile_probability::never(),
			 profile_probability::always(), profile_probability::never(), true))
		for (i = 0; i < v->tests.length(); i++) {
			gimple_cond_make_false(v->tests[i].cond);
			update_stmt(v->tests[i].cond);
		}
	free_original_copy_tables();
	mark_virtual_operands_for_renaming(cfun);
	update_ssa(TODO_update_ssa);
}

/* Is it clear what runs in each round? Not where a part that has no header may go round itself. */
static bool loop_is_plain(const class loop *loop)
{
	basic_block *body = get_loop_body(loop);
	bool plain = !loop->inner;
	unsigned int i;

	for (i = 0; i < loop->num_nodes && plain; i++)
		plain = !(body[i]->flags & BB_IRREDUCIBLE_LOOP);
	free(body);
	return plain;
}

namespace {

const pass_data version_pass_data = {
	GIMPLE_PASS,
	"static_call_version", /* name */
	OPTGROUP_LOOP,
	TV_NONE,
	PROP_cfg | PROP_ssa, /* properties_required */
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

class version_pass : public gimple_opt_pass {
public:
	version_pass(gcc::context *ctxt) : gimple_opt_pass(version_pass_data, ctxt) {}
	bool gate(function *) { return optimize >= 2 && (in_lto_p || sck_store_calls()); }
	unsigned int execute(function *fn);
};

unsigned int version_pass::execute(function *fn)
{
	unsigned int i, loops = number_of_loops(fn);
	bool changed = false;

	calculate_dominance_info(CDI_DOMINATORS);
	for (i = 1; i < loops; i++) {
		struct versioning v;

		v.loop = get_loop(fn, i);
		v.rounds = NULL_TREE;
		if (!v.loop || !loop_is_plain(v.loop) || !optimize_loop_for_speed_p(v.loop) ||
		    !can_duplicate_loop_p(v.loop) ||
		    !(find_version(&v, true) || find_version(&v, false)))
			continue;
		version_loop(&v);
		changed = true;
	}
	if (!changed)
		return 0;
	scev_reset();
	return TODO_cleanup_cfg;
}

} /* namespace */

opt_pass *sck_make_version_pass(void)
{
	return new version_pass(g);
}
