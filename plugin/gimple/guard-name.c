/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An inline function, or an instance of a template, that a key names may be mentioned by
 * nothing else in the unit: another one lets the key hold it. GCC would have dropped it long before guards are made. So it is
 * referred to, by the constant that a guard of it needs, from where a function that reads
 * such a key is first met, until guards have been made.
 *
 * A static function that the unit does not mention cannot be held by any key.
 */
#include "gcc-compat.h"
#include "model/options.h"
#include "model/keys.h"
#include "gimple/passes.h"
#include "gimple/guard.h"

static void name_keep(tree decl)
{
	tree attr = lookup_attribute(SCK_INLINE, DECL_ATTRIBUTES(decl)), arg;

	for (; attr; attr = lookup_attribute(SCK_INLINE, TREE_CHAIN(attr)))
		for (arg = TREE_VALUE(attr); arg; arg = TREE_CHAIN(arg)) {
			tree fn = TREE_VALUE(arg);

			if (TREE_CODE(fn) == FUNCTION_DECL && TREE_PUBLIC(fn))
				sck_guard_keep(fn);
		}
}

/* A key may be read: what do its declarations name? */
static void name_read(tree ref)
{
	if (!POINTER_TYPE_P(TREE_TYPE(ref)) || !FUNC_OR_METHOD_TYPE_P(TREE_TYPE(TREE_TYPE(ref))))
		return;
	for (; handled_component_p(ref); ref = TREE_OPERAND(ref, 0))
		if (TREE_CODE(ref) == COMPONENT_REF)
			name_keep(TREE_OPERAND(ref, 1));
	if (VAR_P(ref))
		name_keep(ref);
}

namespace {

const pass_data name_pass_data = {
	GIMPLE_PASS,
	"static_call_name", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	PROP_cfg, /* properties_required */
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

class name_pass : public gimple_opt_pass {
public:
	name_pass(gcc::context *ctxt) : gimple_opt_pass(name_pass_data, ctxt) {}
	bool gate(function *fn)
	{
		return opt_for_fn(fn->decl, optimize) && sck_options.guards != SCK_GUARDS_OFF;
	}
	unsigned int execute(function *);
};

unsigned int name_pass::execute(function *fn)
{
	gimple_stmt_iterator gsi;
	basic_block bb;

	FOR_EACH_BB_FN(bb, fn)
		for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi))
			if (gimple_assign_single_p(gsi_stmt(gsi)))
				name_read(gimple_assign_rhs1(gsi_stmt(gsi)));
	return 0;
}

} /* namespace */

opt_pass *sck_make_name_pass(void)
{
	return new name_pass(g);
}
