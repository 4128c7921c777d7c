/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A later GIMPLE pass, after inlining: fewer and cheaper resyncs.
 *
 *	t.a = f;					t.a = f;
 *	static_call_key_stored(&t.a, 8);			t.b = g;
 *	t.b = g;			becomes		static_call_key_stored(&t.a, 16);
 *	static_call_key_stored(&t.b, 8);
 *
 * A store is to be resynced before anybody can ask for it: before the next call, asm,
 * volatile or atomic access, and the end of the function. Until then the next store may
 * join it, be it behind branches or in a loop. Within a block, stores to one object are
 * joined here; beyond it, the function keeps the lowest and the highest address:
 *
 *	for (...)					lo = -1, hi = 0;
 *		p->fn[i] = f;				for (...) {
 *		static_call_key_stored(...);			p->fn[i] = f;
 *					becomes			lo = min(lo, &p->fn[i]), hi = max(hi, ...);
 *							}
 *							if (hi)
 *								static_call_key_stored(lo, hi - lo);
 *
 * To resync more than was stored to does no harm: where the keys are as their sites,
 * nothing happens.
 *
 * A pointer that only might lead to a key is tested in line against the range of all
 * keys, which the runtime keeps in the module's descriptor: two loads and a comparison,
 * and the rest of it in a cold block. A memset of such memory is made in that block
 * once more, so that the usual one can stay a tail call; see resync-fill.c.
 *
 * The test may come first, as a variable is in the range before any code has its address.
 * What turns out to be memory of this function's own, now that calls are inlined, is
 * not resynced at all.
 *
 * It comes after the passes that count or read a profile, which so is that of the
 * program without the plugin; and before the loop passes, which see the tests.
 */
#include "gcc-compat.h"
#include "model/options.h"
#include "model/keys.h"
#include "gimple/passes.h"
#include "gimple/resync.h"

/*
 * Is this resync for nothing, now that it is known whose pointer it was? At the link the
 * tags are not all at hand: there only what is the function's own memory is.
 */
static bool resync_is_needless(gimple *stmt)
{
	tree address = gimple_call_arg(stmt, 0), size = gimple_call_arg(stmt, 1);

	if (integer_zerop(address))
		return false;
	if (sck_private_memory(address))
		return true;
	return sck_is_maybe(stmt) && !in_lto_p &&
	       sck_reach(address, 0,
			 tree_fits_shwi_p(size) ? tree_to_shwi(size) : HOST_WIDE_INT_MAX, false,
			 true) == SCK_REACH_NONE;
}

/* The stores of such a function are looked at in the functions that it is inlined into. */
static bool resync_is_inlined_always(void)
{
	return lookup_attribute("always_inline", DECL_ATTRIBUTES(current_function_decl));
}

/*
 * Drop the resyncs that are for nothing. With stores=warn and stores=error there are only
 * those that were not certain early on: tell of what is not for nothing, and drop all. True
 * if resyncs are left.
 */
static bool resync_drop(function *fn, bool last)
{
	bool again = !last && resync_is_inlined_always();
	/* At the link the choice was made, by each unit. */
	bool follow = in_lto_p || sck_stores_followed();
	gimple_stmt_iterator gsi;
	bool left = false;
	basic_block bb;

	FOR_EACH_BB_FN(bb, fn)
		for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi);) {
			gimple *stmt = gsi_stmt(gsi);
			bool needless;

			gsi_next(&gsi);
			if (!sck_is_resync(stmt))
				continue;
			needless = resync_is_needless(stmt);
			if (!needless && (follow || again)) {
				left = true;
				continue;
			}
			if (!needless && !resync_is_inlined_always())
				sck_tell_store(stmt, NULL);
			sck_resync_remove(stmt);
		}
	return left;
}

/*
 * The last pass has kept these resyncs, which were only perhaps needed: from here on they
 * are as the others.
 */
static void resync_settle(function *fn)
{
	gimple_stmt_iterator gsi;
	basic_block bb;

	FOR_EACH_BB_FN(bb, fn)
		for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi))
			if (sck_is_maybe(gsi_stmt(gsi))) {
				gimple_call_set_fndecl(as_a<gcall *>(gsi_stmt(gsi)),
						       sck_store_function());
				update_stmt(gsi_stmt(gsi));
			}
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
		resync_drop(fn, false);
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
	if (!resync_drop(fn, true))
		return 0;
	resync_settle(fn);
	sck_plan_resyncs(fn);
	free_dominance_info(CDI_DOMINATORS);
	free_dominance_info(CDI_POST_DOMINATORS);
	mark_virtual_operands_for_renaming(fn);
	cgraph_edge::rebuild_edges();
	return TODO_update_ssa | TODO_cleanup_cfg;
}

} /* namespace */

opt_pass *sck_make_drop_pass(void)
{
	return new drop_pass(g);
}

opt_pass *sck_make_resync_pass(void)
{
	return new resync_pass(g);
}
