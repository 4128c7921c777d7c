/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a typedef says of the pointers that are called is remembered before GCC forgets all
 * typedefs, which it does under -flto, and for offloading (free_lang_data). That is before there is
 * SSA, in which dynamic.c asks:
 *
 *	typedef int (*fn)(int) STATIC_CALL_DYNAMIC;
 *
 *	fn hook;  hook (x)		of the variable, parameter or member
 *	_1 = *table; _1 (x)		of what has no declaration, on the call itself
 *	_1 = find (); _1 (x)
 */
#include "gcc-compat.h"
#include "model/dynamic.h"
#include "model/options.h"
#include "gimple/passes.h"

static tree keep_operand(tree *operand, int *, void *)
{
	if (VAR_P(*operand) || TREE_CODE(*operand) == PARM_DECL ||
	    TREE_CODE(*operand) == FIELD_DECL)
		sck_keep_wish(*operand);
	return NULL_TREE;
}

static void keep_call(gcall *call)
{
	tree callee = gimple_call_internal_p(call) ? NULL_TREE : gimple_call_fn(call);
	tree fntype = gimple_call_fntype(call);
	const char *name = NULL;
	enum sck_wish wish;

	if (!callee || TREE_CODE(callee) != SSA_NAME)
		return;
	wish = sck_wish_of(call, &name);
	if (wish != SCK_WISH_NONE)
		gimple_call_set_fntype(call, sck_wish_mark(fntype, wish, name));
}

namespace {

const pass_data keep_pass_data = {
	GIMPLE_PASS,
	"static_call_keep", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	PROP_cfg, /* properties_required */
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

class keep_pass : public gimple_opt_pass {
public:
	keep_pass(gcc::context *ctxt) : gimple_opt_pass(keep_pass_data, ctxt) {}
	/* The tag of a function is for all its calls, and is not forgotten. */
	bool gate(function *fn)
	{
		return sck_options.dynamic != SCK_DYNAMIC_OFF && sck_have_wishes() &&
		       !lookup_attribute(SCK_NEVER, DECL_ATTRIBUTES(fn->decl));
	}
	unsigned int execute(function *);
};

unsigned int keep_pass::execute(function *fn)
{
	gimple_stmt_iterator gsi;
	basic_block bb;

	FOR_EACH_BB_FN(bb, fn)
		for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi)) {
			struct walk_stmt_info info;

			memset(&info, 0, sizeof(info));
			walk_gimple_op(gsi_stmt(gsi), keep_operand, &info);
			if (is_gimple_call(gsi_stmt(gsi)))
				keep_call(as_a<gcall *>(gsi_stmt(gsi)));
		}
	return 0;
}

} /* namespace */

opt_pass *sck_make_keep_pass(void)
{
	return new keep_pass(g);
}
