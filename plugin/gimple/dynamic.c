/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The last GIMPLE pass of the plugin makes calls dynamic that are indirect still, when GCC's own
 * devirtualisation, inlining and profile have had their turn:
 *
 *	_1 = p->ops->read;
 *	_2 = _1 (x);			_2 = static_call_key_dynamic (x) [static chain: _1];
 *
 * The static chain is what a nested function finds its frame by: GCC loads the target into %r10,
 * where no call has an argument, and calls a hidden function directly, in tail calls, variadic
 * ones, in PIC and under -mindirect-branch= as well. A function that is called so and has no
 * chain does not look at %r10. That call is a site; see rtl/dynamic.c.
 *
 * Which calls: those that the source asks for; with dynamic=all all others too, but for code that is
 * rarely run. To debug: -fdump-tree-static_call_dynamic, -fplugin-arg-static_call-report.
 */
#include "gcc-compat.h"
#include "model/calls.h"
#include "model/dynamic.h"
#include "model/options.h"
#include "model/report.h"
#include "model/sets.h"
#include "emit/emit.h"
#include "gimple/passes.h"

/*
 * The early pass, at a call that stays indirect: what the source says of it is written down where
 * every copy of the call has it.
 */
void sck_mark_dynamic(gcall *call)
{
	enum sck_wish wish = SCK_WISH_NONE;
	const char *name = NULL;

	/* It may be marked already, see dynamic-keep.c. */
	if (!sck_have_wishes() || sck_wish_marked(gimple_call_fntype(call), &name))
		return;
	if (lookup_attribute(SCK_NEVER, DECL_ATTRIBUTES(current_function_decl)))
		wish = SCK_WISH_NEVER;
	else
		wish = sck_wish_of(call, &name);
	if (wish == SCK_WISH_NONE)
		return;
	gimple_call_set_fntype(call, sck_wish_mark(gimple_call_fntype(call), wish, name));
}

/* Calls of such functions pass arguments in %r10 or %r11, or look at the registers after them. */
static bool dynamic_type_is_special(const_tree fntype)
{
	static const char *const names[] = { "preserve_none",
					     "no_callee_saved_registers",
					     "no_caller_saved_registers",
					     "interrupt",
					     "nocf_check",
					     SCK_CLOBBERS };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (lookup_attribute(names[i], TYPE_ATTRIBUTES(fntype)))
			return true;
	return false;
}

/* Is this block rarely run, as far as GCC knows? */
static bool dynamic_is_cold(function *fn, basic_block bb)
{
	cgraph_node *node = cgraph_node::get(fn->decl);

	if (probably_never_executed_bb_p(fn, bb))
		return true;
	/* main() and constructors, outside loops. */
	return optimize && node && node->frequency == NODE_FREQUENCY_EXECUTED_ONCE &&
	       current_loops && bb_loop_depth(bb) == 0;
}

/*
 * Has the kernel its own plans with the function? .noinstr.text and .kprobes.text are not to call what
 * may be traced; memory of .init.text and .exit.text goes; what differs in how it makes
 * indirect calls knows why.
 */
static bool dynamic_is_apart(function *fn)
{
	static const char *const plain[] = { ".text", ".ref.text", ".sched.text" };
	const char *section = DECL_SECTION_NAME(fn->decl);
	unsigned int i;

	if (fn->machine->indirect_branch_type != ix86_indirect_branch)
		return true;
	for (i = 0; section && i < ARRAY_SIZE(plain); i++) {
		size_t n = strlen(plain[i]);

		if (!strncmp(section, plain[i], n) && (!section[n] || section[n] == '.'))
			return false;
	}
	return section != NULL;
}

static enum sck_dynamic dynamic_why(function *fn, gcall *call, enum sck_wish wish)
{
	if (wish == SCK_WISH_NEVER)
		return SCK_DYNAMIC_NEVER;
	if (gimple_call_chain(call))
		return SCK_DYNAMIC_CHAIN;
	if (gimple_call_flags(call) & ECF_RETURNS_TWICE)
		return SCK_DYNAMIC_TYPE;
	if (dynamic_type_is_special(gimple_call_fntype(call)))
		return SCK_DYNAMIC_TYPE;
	if (sck_register_is_kept(R10_REG) || sck_register_is_kept(R11_REG))
		return SCK_DYNAMIC_REGISTERS;
	if (sck_no_direct_calls() || (ix86_cmodel == CM_KERNEL && !sck_kernel_dynamic()))
		return SCK_DYNAMIC_CODE_MODEL;
	if (sck_kernel_dynamic() && dynamic_is_apart(fn))
		return SCK_DYNAMIC_SECTION;
	if (wish == SCK_WISH_NONE && sck_options.dynamic != SCK_DYNAMIC_EVERYWHERE &&
	    dynamic_is_cold(fn, gimple_bb(call)))
		return SCK_DYNAMIC_COLD;
	return SCK_DYNAMIC_MADE;
}

static bool dynamic_lower(function *fn, gcall *call)
{
	tree callee = gimple_call_fn(call), fntype;
	struct sck_state *state;
	enum sck_dynamic why;
	const char *name;
	enum sck_wish wish;

	if (gimple_call_internal_p(call) || gimple_call_fndecl(call) || !callee ||
	    TREE_CODE(callee) == ADDR_EXPR)
		return false;
	fntype = gimple_call_fntype(call);
	wish = sck_wish_marked(fntype, &name);
	if (wish == SCK_WISH_NONE && sck_options.dynamic == SCK_DYNAMIC_NAMED)
		return false;
	why = dynamic_why(fn, call, wish);
	sck_report_dynamic(gimple_location(call), fn->decl, name, why);
	if (why != SCK_DYNAMIC_MADE)
		return false;
	if (TREE_CODE(callee) == OBJ_TYPE_REF)
		callee = OBJ_TYPE_REF_EXPR(callee);
	state = sck_state_get(name, (enum indirect_branch)cfun->machine->indirect_branch_type);
	gimple_call_set_fndecl(call, sck_state_entry(state, fntype));
	gimple_call_set_chain(call, callee);
	update_stmt(call);
	return true;
}

namespace {

const pass_data dynamic_pass_data = {
	GIMPLE_PASS,
	"static_call_dynamic", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	PROP_cfg, /* properties_required */
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

class dynamic_pass : public gimple_opt_pass {
public:
	dynamic_pass(gcc::context *ctxt) : gimple_opt_pass(dynamic_pass_data, ctxt) {}
	bool gate(function *)
	{
		return sck_unit_may_be_dynamic() ||
		       (in_lto_p && sck_options.dynamic != SCK_DYNAMIC_OFF);
	}
	unsigned int execute(function *);
};

unsigned int dynamic_pass::execute(function *fn)
{
	gimple_stmt_iterator gsi;
	basic_block bb;

	FOR_EACH_BB_FN(bb, fn)
		for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi))
			if (is_gimple_call(gsi_stmt(gsi)))
				dynamic_lower(fn, as_a<gcall *>(gsi_stmt(gsi)));
	return 0;
}

} /* namespace */

opt_pass *sck_make_dynamic_pass(void)
{
	return new dynamic_pass(g);
}
