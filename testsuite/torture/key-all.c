/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A plugin for tests only: loaded beside static_call, it makes of any program one
 * in which every call that could go through a key does.
 *
 *	foo (x);		becomes		_1 = key_all.0.foo;
 *						_1 (x);
 *
 * with a new static variable, tagged, for each function that is called:
 *
 *	static void (*key_all.0.foo)(int) = foo;
 *
 * Besides, every variable with static storage and every member that is a pointer
 * to function, or an array of them, gets the tag. The new variables are preserved,
 * so that GCC does not fold them. Without static_call nothing is tagged and all
 * else is the same: what the compiler makes of such a program is the baseline that
 * static_call is compared with.
 *
 * The pass runs before SSA construction; static_call's runs after it, and thus
 * sees what it would see had the source been written so.
 *
 * Option: -fplugin-arg-key_all-report=FILE appends to FILE, for each unit, how
 * many direct calls go through a key now, how many were left alone, how many
 * variables and how many members were tagged. To debug: -fdump-tree-key_all.
 */
#include "gcc-compat.h"

__attribute__((visibility("default"))) int plugin_is_GPL_compatible;

#define TAG "static_call_key"

static const char *report_file;
static bool untagged; /* the pointers get no attribute */
static hash_map<tree, tree> *keys; /* FUNCTION_DECL -> VAR_DECL */
static unsigned int calls_keyed, calls_left, variables, members;

/* The attribute exists if static_call is loaded; true if the declaration has it now. */
static bool tag(tree decl)
{
	tree name = get_identifier(TAG);

	if (untagged || !lookup_attribute_spec(name) || lookup_attribute(TAG, DECL_ATTRIBUTES(decl)))
		return false;
	decl_attributes(&decl, build_tree_list(name, NULL_TREE), 0);
	return lookup_attribute(TAG, DECL_ATTRIBUTES(decl)) != NULL_TREE;
}

static bool holds_fnptrs(tree decl)
{
	tree type = TREE_TYPE(decl);

	if (!type || type == error_mark_node)
		return false;
	type = strip_array_types(type);
	return type && TREE_CODE(type) == POINTER_TYPE && TREE_TYPE(type) &&
	       TREE_CODE(TREE_TYPE(type)) == FUNCTION_TYPE;
}

static void finish_decl(void *event_data, void *)
{
	tree decl = (tree)event_data;

	if (!decl || !holds_fnptrs(decl))
		return;
	if (TREE_CODE(decl) == FIELD_DECL)
		members += tag(decl);
	else if (VAR_P(decl) && (TREE_STATIC(decl) || DECL_EXTERNAL(decl)) &&
		 !DECL_THREAD_LOCAL_P(decl) && !DECL_HARD_REGISTER(decl))
		variables += tag(decl);
}

static void finish_type(void *event_data, void *)
{
	tree type = (tree)event_data, field;

	if (!type || !RECORD_OR_UNION_TYPE_P(type))
		return;
	for (field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field))
		if (TREE_CODE(field) == FIELD_DECL && holds_fnptrs(field))
			members += tag(field);
}

static bool has_prefix(const char *name, const char *prefix)
{
	return !strncmp(name, prefix, strlen(prefix));
}

/*
 * A builtin that a pointer can stand for: a function of the library. Not the
 * floating-point ones: many of them exist in the compiler only.
 */
static bool library_function(tree fndecl)
{
	const char *name = IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(fndecl));
	tree arg;

	if (DECL_BUILT_IN_CLASS(fndecl) == NOT_BUILT_IN)
		return true;
	if (DECL_BUILT_IN_CLASS(fndecl) != BUILT_IN_NORMAL)
		return false;
	name = targetm.strip_name_encoding(name);
	if (has_prefix(name, "__builtin_") || has_prefix(name, "__sync_") ||
	    has_prefix(name, "__atomic_"))
		return false;
	if (FLOAT_TYPE_P(TREE_TYPE(TREE_TYPE(fndecl))))
		return false;
	for (arg = TYPE_ARG_TYPES(TREE_TYPE(fndecl)); arg; arg = TREE_CHAIN(arg))
		if (FLOAT_TYPE_P(TREE_VALUE(arg)))
			return false;
	return true;
}

/* Does the compiler, or the program, need the call to name its function? */
static bool must_be_direct(gcall *call, tree fndecl)
{
	int flags = gimple_call_flags(call);
	struct cgraph_node *node = cgraph_node::get(fndecl);

	if (gimple_call_chain(call) || DECL_STATIC_CHAIN(fndecl) || gimple_call_from_thunk_p(call))
		return true;
	if (flags & (ECF_RETURNS_TWICE | ECF_MAY_BE_ALLOCA | ECF_TM_BUILTIN))
		return true;
	if (lookup_attribute("always_inline", DECL_ATTRIBUTES(fndecl)) ||
	    lookup_attribute("gnu_inline", DECL_ATTRIBUTES(fndecl)) ||
	    lookup_attribute("error", DECL_ATTRIBUTES(fndecl)) ||
	    lookup_attribute("warning", DECL_ATTRIBUTES(fndecl)))
		return true;
	/* No variable outside of its group may refer to such a function. */
	if (node && node->comdat_local_p())
		return true;
	/* A leaf ends no block here, and a call through a pointer would. */
	return (cfun->has_nonlocal_label || cfun->calls_setjmp) &&
	       (flags & (ECF_LEAF | ECF_CONST | ECF_PURE));
}

/* The type to call the function by: its own, with what its declaration adds to it. */
static tree pointed_to_type(tree fndecl, int flags)
{
	tree type = TREE_TYPE(fndecl);
	int quals = TYPE_UNQUALIFIED;

	if (variably_modified_type_p(type, NULL_TREE))
		return build_function_type(void_type_node, NULL_TREE);
	if (TREE_CODE(type) == METHOD_TYPE)
		type = build_type_attribute_variant(build_function_type(TREE_TYPE(type),
									TYPE_ARG_TYPES(type)),
						    TYPE_ATTRIBUTES(type));
	if (flags & ECF_NORETURN)
		quals |= TYPE_QUAL_VOLATILE;
	if (flags & ECF_CONST)
		quals |= TYPE_QUAL_CONST;
	return quals ? build_qualified_type(type, quals) : type;
}

static tree build_key(tree fndecl, int flags)
{
	const char *name = IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(fndecl));
	tree type = build_pointer_type(pointed_to_type(fndecl, flags)), var, id;
	char *symbol;

	symbol = xasprintf("key_all.%u.%s", (unsigned int)keys->elements(),
			   targetm.strip_name_encoding(name));
	id = get_identifier(symbol);
	free(symbol);
	var = build_decl(DECL_SOURCE_LOCATION(fndecl), VAR_DECL, id, type);
	SET_DECL_ASSEMBLER_NAME(var, id);
	TREE_STATIC(var) = 1;
	TREE_USED(var) = 1;
	DECL_ARTIFICIAL(var) = 1;
	DECL_IGNORED_P(var) = 1;
	DECL_PRESERVE_P(var) = 1;
	TREE_ADDRESSABLE(fndecl) = 1;
	DECL_INITIAL(var) = fold_convert(type, build_fold_addr_expr(fndecl));
	TREE_CONSTANT(DECL_INITIAL(var)) = 1;
	tag(var);
	varpool_node::finalize_decl(var);
	varpool_node::get(var)->force_output = 1;
	return var;
}

static void key_call(gimple_stmt_iterator *gsi)
{
	gcall *call = as_a<gcall *>(gsi_stmt(*gsi));
	tree fndecl = gimple_call_fndecl(call), callee;
	gassign *load;
	int flags;

	if (gimple_call_internal_p(call) || !fndecl)
		return;
	if (!library_function(fndecl) || must_be_direct(call, fndecl)) {
		calls_left++;
		return;
	}
	flags = gimple_call_flags(call);
	tree &key = keys->get_or_insert(fndecl);
	if (!key)
		key = build_key(fndecl, flags);
	callee = make_ssa_name(TREE_TYPE(key));
	load = gimple_build_assign(callee, key);
	gimple_set_location(load, gimple_location(call));
	gimple_set_block(load, gimple_block(call));
	gsi_insert_before(gsi, load, GSI_SAME_STMT);
	if (TREE_CODE(gimple_call_fntype(call)) == METHOD_TYPE || (flags & ECF_NORETURN))
		gimple_call_set_fntype(call, TREE_TYPE(TREE_TYPE(key)));
	gimple_call_set_fn(call, callee);
	gimple_call_set_nothrow(call, (flags & ECF_NOTHROW) != 0);
	gimple_call_set_from_new_or_delete(call, false);
	update_stmt(call);
	calls_keyed++;
}

namespace {

const pass_data key_all_pass_data = {
	GIMPLE_PASS,
	"key_all", /* name */
	OPTGROUP_NONE,
	TV_NONE,
	PROP_cfg, /* properties_required */
	0,
	0,
	0,
	0 /* todo_flags_finish */
};

class key_all_pass : public gimple_opt_pass {
public:
	key_all_pass(gcc::context *ctxt) : gimple_opt_pass(key_all_pass_data, ctxt) {}
	bool gate(function *) { return !flag_tm; }
	unsigned int execute(function *fn);
};

unsigned int key_all_pass::execute(function *fn)
{
	gimple_stmt_iterator gsi;
	basic_block bb;

	if (!keys)
		keys = new hash_map<tree, tree>;
	FOR_EACH_BB_FN(bb, fn)
		for (gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi))
			if (is_gimple_call(gsi_stmt(gsi)))
				key_call(&gsi);
	return 0;
}

} /* namespace */

static void finish_unit(void *, void *)
{
	FILE *f;

	if (!report_file || in_lto_p)
		return;
	f = fopen(report_file, "a");
	if (!f) {
		error("cannot write %qs: %m", report_file);
		return;
	}
	fprintf(f, "%u %u %u %u\n", calls_keyed, calls_left, variables, members);
	fclose(f);
}

__attribute__((visibility("default"))) int plugin_init(struct plugin_name_args *args,
						       struct plugin_gcc_version *version)
{
	struct register_pass_info pass;
	int i;

	if (!plugin_default_version_check(version, &gcc_version)) {
		error("%qs was built for another GCC", args->base_name);
		return 1;
	}
	for (i = 0; i < args->argc; i++) {
		if (!strcmp(args->argv[i].key, "untagged")) {
			untagged = true;
			continue;
		}
		if (strcmp(args->argv[i].key, "report") || !args->argv[i].value) {
			error("unrecognized plugin option %<-fplugin-arg-%s-%s%>", args->base_name,
			      args->argv[i].key);
			return 1;
		}
		report_file = args->argv[i].value;
	}
	pass.pass = new key_all_pass(g);
	pass.reference_pass_name = "ssa";
	pass.ref_pass_instance_number = 1;
	pass.pos_op = PASS_POS_INSERT_BEFORE;
	register_callback(args->base_name, PLUGIN_PASS_MANAGER_SETUP, NULL, &pass);
	register_callback(args->base_name, PLUGIN_FINISH_DECL, finish_decl, NULL);
	register_callback(args->base_name, PLUGIN_FINISH_TYPE, finish_type, NULL);
	register_callback(args->base_name, PLUGIN_FINISH_UNIT, finish_unit, NULL);
	return 0;
}
