/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A function that the user names is inlined under its guard even where GCC would not: the call
 * is one of a copy that has no limits of size. Other calls of the function stay as they
 * are. When all of its calls are inlined, GCC drops the copy. A call that it does not inline
 * after all, as functions of different options are not, becomes one of the function itself as
 * soon as that is known: the copy can go then too, and guard-fold.c takes the guard back.
 */
#include "gcc-compat.h"
#include "tree-inline.h"
#include "model/decl.h"
#include "gimple/passes.h"
#include "gimple/guard.h"

/* On a copy: of what function it is one. No source can spell it. */
#define COPY " static_call_key_copy"

static hash_map<tree, tree> *copies;

/* The function to call where fn, which has a body, is to be inlined whatever its size. */
tree sck_guard_copy(tree fn)
{
	cgraph_node *node = cgraph_node::get(fn)->ultimate_alias_target(), *copy;
	bool existed;

	if (DECL_DISREGARD_INLINE_LIMITS(node->decl) || !node->has_gimple_body_p() ||
	    !tree_versionable_function_p(node->decl))
		return fn;
	if (!copies)
		copies = new hash_map<tree, tree>;
	tree &slot = copies->get_or_insert(node->decl, &existed);
	if (existed)
		return slot;
	slot = fn;
	copy = node->create_version_clone_with_body(vNULL, NULL, NULL, NULL, NULL,
						    "static_call_key_inline");
	if (!copy)
		return fn;
	DECL_DISREGARD_INLINE_LIMITS(copy->decl) = 1;
	DECL_ATTRIBUTES(copy->decl) =
		tree_cons(get_identifier(COPY), NULL_TREE, DECL_ATTRIBUTES(copy->decl));
	sck_keep(copy->decl);
	slot = copy->decl;
	return slot;
}

/* The function that this is a copy of, or a clone of the copy; or NULL. */
static cgraph_node *copy_origin(cgraph_node *node)
{
	cgraph_node *origin;

	if (!lookup_attribute(COPY, DECL_ATTRIBUTES(node->decl)))
		return NULL;
	origin = cgraph_node::get(DECL_ORIGIN(node->decl));
	return origin == node ? NULL : origin;
}

static void settle_calls(cgraph_node *node, cgraph_node *origin)
{
	cgraph_edge *edge, *next;

	for (edge = node->callers; edge; edge = next) {
		next = edge->next_caller;
		if (edge->inline_failed)
			edge->redirect_callee(origin);
	}
}

namespace {

const pass_data settle_pass_data = {
	IPA_PASS,
	"static_call_settle", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	0,
	0,
	0,
	0,
	TODO_remove_functions /* todo_flags_finish */
};

class settle_pass : public ipa_opt_pass_d {
public:
	settle_pass(gcc::context *ctxt)
		: ipa_opt_pass_d(settle_pass_data, ctxt, NULL, NULL, NULL, NULL, NULL, NULL, 0,
				 NULL, NULL)
	{}
	bool gate(function *) { return in_lto_p || copies; }
	unsigned int execute(function *);
};

unsigned int settle_pass::execute(function *)
{
	cgraph_node *node, *origin;

	FOR_EACH_FUNCTION(node) {
		origin = copy_origin(node);
		if (origin)
			settle_calls(node, origin);
	}
	return 0;
}

} /* namespace */

opt_pass *sck_make_settle_pass(void)
{
	return new settle_pass(g);
}
