/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A function that the user names is inlined under its guard even where GCC would not: the call
 * is one of a copy that has no limits of size. Other calls of the function stay as they
 * are. When all of its calls are inlined, GCC drops the copy.
 */
#include "gcc-compat.h"
#include "tree-inline.h"
#include "model/decl.h"
#include "gimple/guard.h"

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
	sck_keep(copy->decl);
	slot = copy->decl;
	return slot;
}
