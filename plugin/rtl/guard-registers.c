/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A guard that lets its target in reads %eax, for nothing (runtime/x86_64.h). In a loop of few
 * cycles each of which waits for the one before by way of %rax, it is ready just when that
 * is, and takes its turn: such a loop has been seen to take 1.07 of its time. So guards in
 * innermost loops tell the register allocator that %rax is lost, which puts what goes
 * around the loop elsewhere.
 *
 * This runs before registers are allocated.
 */
#include "gcc-compat.h"
#include "model/decl.h"
#include "model/calls.h"
#include "model/options.h"
#include "rtl/passes.h"
#include "rtl/sites.h"

/* Is %rax in use behind the guard, as no allocator has put it there? */
static bool guard_register_is_live(basic_block bb)
{
	edge_iterator ei;
	edge e;

	FOR_EACH_EDGE(e, ei, bb->succs)
		if (bitmap_bit_p(df_get_live_in(e->dest), AX_REG))
			return true;
	return false;
}

static void guard_clobber(rtx_insn *insn)
{
	rtx pattern = PATTERN(insn), clobber;
	unsigned int i, n;
	rtvec all;

	clobber = gen_rtx_CLOBBER(VOIDmode, gen_rtx_REG(DImode, AX_REG));
	n = GET_CODE(pattern) == PARALLEL ? XVECLEN(pattern, 0) : 0;
	all = rtvec_alloc(n ? n + 1 : 2);
	if (!n)
		RTVEC_ELT(all, n++) = pattern;
	else
		for (i = 0; i < n; i++)
			RTVEC_ELT(all, i) = XVECEXP(pattern, 0, i);
	RTVEC_ELT(all, n) = clobber;
	PATTERN(insn) = gen_rtx_PARALLEL(VOIDmode, all);
	INSN_CODE(insn) = -1;
	df_insn_rescan(insn);
}

namespace {

const pass_data guard_registers_pass_data = {
	RTL_PASS,
	"static_call_guard_registers", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	PROP_cfg,
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

class guard_registers_pass : public rtl_opt_pass {
public:
	guard_registers_pass(gcc::context *ctxt) : rtl_opt_pass(guard_registers_pass_data, ctxt) {}
	/* The kernel makes other no-ops of its own jump labels. */
	bool gate(function *)
	{
		return optimize > 1 && !sck_options.kernel_module && (in_lto_p || sck_key_count());
	}
	unsigned int execute(function *);
};

unsigned int guard_registers_pass::execute(function *fn)
{
	auto_vec<basic_block> guards;
	basic_block bb;
	unsigned int i;

	FOR_EACH_BB_FN(bb, fn)
		if (optimize_bb_for_speed_p(bb) && sck_guard_insn_trampoline(BB_END(bb)))
			guards.safe_push(bb);
	if (guards.is_empty() || sck_register_is_kept(AX_REG))
		return 0;
	loop_optimizer_init(AVOID_CFG_MODIFICATIONS);
	FOR_EACH_VEC_ELT(guards, i, bb)
		if (bb_loop_depth(bb) > 0 && !bb->loop_father->inner && !guard_register_is_live(bb))
			guard_clobber(BB_END(bb));
	loop_optimizer_finalize();
	return 0;
}

} /* namespace */

opt_pass *sck_make_guard_registers_pass(void)
{
	return new guard_registers_pass(g);
}
