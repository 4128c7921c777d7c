/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * int quiet(int) __attribute__((static_call_thunk(loud), static_call_clobbers("rax")));
 *
 * declares and defines quiet: it returns loud(...), and as any function with a clobber
 * set, keeps what that does not list. The body is a call like any other, made when the
 * declaration is complete; GCC may inline loud into it.
 */
#include "gcc-compat.h"
#include "model/options.h"
#include "model/sets.h"
#include "front/front.h"

#define SCK_THUNK "static_call_thunk"

/* The front end meets the attribute: is it on a function, and does it name one? */
static tree handle_thunk(tree *node, tree name, tree args, int, bool *no_add_attrs)
{
	tree decl = *node;
	location_t loc = DECL_P(decl) ? DECL_SOURCE_LOCATION(decl) : input_location;

	*no_add_attrs = true;
	if (sck_options.disable || !sck_machine_supported())
		return NULL_TREE;
	if (TREE_CODE(decl) != FUNCTION_DECL) {
		error_at(loc, "%qE is for declarations of functions", name);
		return NULL_TREE;
	}
	if (!sck_named_function(TREE_VALUE(args))) {
		error_at(loc, "the argument of %qE must be one function that is declared", name);
		return NULL_TREE;
	}
	*no_add_attrs = false;
	return NULL_TREE;
}

/* Why there can be no thunk of this type, a format with one %qD; or NULL. */
static const char *thunk_misfit(tree decl, tree fn)
{
	tree type = TREE_TYPE(decl), arg;

	if (!lookup_attribute(SCK_CLOBBERS, TYPE_ATTRIBUTES(type)))
		return G_("the %<static_call_thunk%> %qD needs %<static_call_clobbers%> as well");
	if (!lang_hooks.types_compatible_p(type, TREE_TYPE(fn)))
		return G_("the %<static_call_thunk%> %qD is not of the type of its function");
	if (!prototype_p(type) || stdarg_p(type))
		return G_("the %<static_call_thunk%> %qD must have a prototype, and no %<...%>");
	for (arg = TYPE_ARG_TYPES(type); arg; arg = TREE_CHAIN(arg))
		if (TREE_ADDRESSABLE(TREE_VALUE(arg)))
			return G_("the %<static_call_thunk%> %qD has an argument that must not be "
				  "copied; pass it by reference");
	return NULL;
}

static tree thunk_make_result(tree decl)
{
	tree result = build_decl(DECL_SOURCE_LOCATION(decl), RESULT_DECL, NULL_TREE,
				 TREE_TYPE(TREE_TYPE(decl)));

	DECL_ARTIFICIAL(result) = 1;
	DECL_IGNORED_P(result) = 1;
	DECL_CONTEXT(result) = decl;
	DECL_RESULT(decl) = result;
	return result;
}

static void thunk_make_parameters(tree decl, vec<tree> *parameters)
{
	tree arg, *last = &DECL_ARGUMENTS(decl);

	*last = NULL_TREE;
	for (arg = TYPE_ARG_TYPES(TREE_TYPE(decl)); arg && !VOID_TYPE_P(TREE_VALUE(arg));
	     arg = TREE_CHAIN(arg)) {
		tree type = TREE_VALUE(arg);
		tree parm = build_decl(DECL_SOURCE_LOCATION(decl), PARM_DECL, NULL_TREE, type);

		DECL_ARTIFICIAL(parm) = 1;
		DECL_CONTEXT(parm) = decl;
		DECL_ARG_TYPE(parm) = type;
		TREE_READONLY(parm) = 1;
		TREE_USED(parm) = 1;
		layout_decl(parm, 0);
		*last = parm;
		last = &DECL_CHAIN(parm);
		parameters->safe_push(parm);
	}
}

/* return fn(...); */
static void thunk_define(tree decl, tree fn)
{
	location_t loc = DECL_SOURCE_LOCATION(decl);
	tree type = TREE_TYPE(TREE_TYPE(decl)), result = thunk_make_result(decl), body, block;
	auto_vec<tree> parameters;

	thunk_make_parameters(decl, &parameters);
	TREE_USED(fn) = 1;
	body = build_call_array_loc(loc, type, build_fold_addr_expr(fn), parameters.length(),
				    parameters.address());
	if (!VOID_TYPE_P(type))
		body = build1(RETURN_EXPR, void_type_node, build2(MODIFY_EXPR, type, result, body));
	SET_EXPR_LOCATION(body, loc);
	block = make_node(BLOCK);
	BLOCK_SUPERCONTEXT(block) = decl;
	TREE_USED(block) = 1;
	DECL_INITIAL(decl) = block;
	body = build3(BIND_EXPR, void_type_node, NULL_TREE, body, block);
	TREE_SIDE_EFFECTS(body) = 1;
	DECL_SAVED_TREE(decl) = body;
	DECL_EXTERNAL(decl) = 0;
	TREE_STATIC(decl) = 1;
	DECL_UNINLINABLE(decl) = 1;
	allocate_struct_function(decl, false);
	set_cfun(NULL);
	current_function_decl = NULL_TREE;
	cgraph_node::finalize_function(decl, false);
}

/* A declaration is complete: if it is that of a thunk, define it. */
void sck_finish_thunk(tree decl)
{
	tree attr = TREE_CODE(decl) == FUNCTION_DECL
			    ? lookup_attribute(SCK_THUNK, DECL_ATTRIBUTES(decl))
			    : NULL_TREE;
	const char *complaint;
	tree fn;

	if (!attr || DECL_INITIAL(decl))
		return;
	fn = sck_named_function(TREE_VALUE(TREE_VALUE(attr)));
	complaint = thunk_misfit(decl, fn);
	if (complaint)
		error_at(DECL_SOURCE_LOCATION(decl), complaint, decl);
	else if (!seen_error())
		thunk_define(decl, fn);
}

static struct attribute_spec thunk_spec = {
	SCK_THUNK, /* name */
	1,
	1,     /* arguments */
	false, /* decl_required: types get a better message from us */
	false,
	false, /* type_required, function_type_required */
	false, /* affects_type_identity */
	handle_thunk,
	NULL
};

void sck_register_thunk(void)
{
	register_attribute(&thunk_spec);
}
