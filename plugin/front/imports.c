/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * C++20 modules, and precompiled headers. A declaration that comes from one has its attributes,
 * but no handler is called for them, and GCC saves nothing of a plugin's, so that a unit which
 * tags nothing itself would seem to be one without keys.
 *
 * A precompiled header has all identifiers of the compilation that wrote it. Where a tag is met,
 * a clobber set or a dynamic call, one is made that no source can spell: who finds it has read
 * such a header. GCC keeps identifiers until parsing is over, and then those that something
 * refers to: to this one nothing does, so it is looked for before the collector can drop it.
 *
 * What an import brings is loaded where it is used: when parsing is over, the functions of a
 * unit that may import are searched for all of these.
 */
#include "gcc-compat.h"
#include "model/dynamic.h"
#include "model/keys.h"
#include "model/sets.h"
#include "front/front.h"

static hash_set<tree> *looked_at; /* types that were searched */
static bool tag_found, set_found, wish_found;

/* Is there a tag in this type or in what it points to, or is it a function's with a set? */
static void import_search_type(tree type)
{
	while (type && (POINTER_TYPE_P(type) || TREE_CODE(type) == ARRAY_TYPE))
		type = TREE_TYPE(type);
	if (!type || looked_at->add(type))
		return;
	if (FUNC_OR_METHOD_TYPE_P(type))
		set_found |= lookup_attribute(SCK_CLOBBERS, TYPE_ATTRIBUTES(type)) != NULL_TREE;
	else if (RECORD_OR_UNION_TYPE_P(type) && COMPLETE_TYPE_P(type))
		tag_found |= sck_type_has_tag(type, 0, HOST_WIDE_INT_MAX);
}

/* For walk_gimple_op: NULL_TREE, go on. */
static tree import_search_operand(tree *operand, int *, void *)
{
	tree t = *operand;

	if (TREE_CODE(t) == COMPONENT_REF)
		t = TREE_OPERAND(t, 1);
	if (DECL_P(t)) {
		tag_found |= sck_tag_of(t) != NULL_TREE;
		wish_found |= sck_decl_has_wish(t);
	}
	if (TREE_TYPE(t))
		import_search_type(TREE_TYPE(t));
	return NULL_TREE;
}

static void import_search_function(function *fn)
{
	gimple_stmt_iterator gsi;
	basic_block bb;

	import_search_type(TREE_TYPE(fn->decl));
	FOR_EACH_BB_FN(bb, fn)
		for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi)) {
			struct walk_stmt_info info;

			memset(&info, 0, sizeof(info));
			walk_gimple_op(gsi_stmt(gsi), import_search_operand, &info);
		}
}

/* What a precompiled header tells. A callback, before each collection, too. */
void sck_find_precompiled(void *, void *)
{
	if (sck_tags_precompiled())
		sck_note_imported();
	if (maybe_get_identifier(SCK_MARK_LIMITED))
		sck_note_limited();
	if (maybe_get_identifier(SCK_MARK_WISH))
		sck_note_wish();
}

static void import_search_unit(void)
{
	cgraph_node *node;
	varpool_node *var;

	looked_at = new hash_set<tree>;
	FOR_EACH_VARIABLE(var) {
		tag_found |= sck_tag_of(var->decl) != NULL_TREE;
		import_search_type(TREE_TYPE(var->decl));
	}
	FOR_EACH_FUNCTION_WITH_GIMPLE_BODY(node)
	if (DECL_STRUCT_FUNCTION(node->decl) && DECL_STRUCT_FUNCTION(node->decl)->cfg)
		import_search_function(DECL_STRUCT_FUNCTION(node->decl));
	delete looked_at;
	looked_at = NULL;
	if (tag_found)
		sck_note_imported();
	if (set_found)
		sck_note_limited();
	if (wish_found)
		sck_note_wish();
}

/* Before the first pass that asks what the unit has. */
void sck_find_imported(void)
{
	sck_find_precompiled(NULL, NULL);
	if (flag_modules && !(sck_have_keys() && sck_have_limited() && sck_have_wishes()))
		import_search_unit();
}
