/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The statement that is a guard; see guard.h. GCC may copy it with its block: nothing in it
 * is one of a kind. As written it is a jump to the slow path, which is right also where
 * the object is linked, under -flto, without the plugin; rtl/guards.c makes a site of it.
 */
#include "gcc-compat.h"
#include "model/decl.h"
#include "gimple/guard.h"

static hash_map<tree, tree> *constants; /* of functions */

/*
 * Where the code model allows variables to be out of reach of 32 bits, those with a section of
 * their own are not.
 */
static void guard_place_constant(tree var)
{
	char *section;

	if (ix86_cmodel != CM_MEDIUM && ix86_cmodel != CM_MEDIUM_PIC)
		return;
	section = xasprintf(".data.rel.ro.%s", IDENTIFIER_POINTER(DECL_NAME(var)));
	set_decl_section_name(var, section);
	free(section);
}

/* The constant that holds the function's address. Its name is for people. */
static tree guard_constant(tree fn)
{
	tree type = build_qualified_type(ptr_type_node, TYPE_QUAL_CONST), var;
	bool existed;
	char *name;

	if (!constants)
		constants = new hash_map<tree, tree>;
	tree &slot = constants->get_or_insert(fn, &existed);
	if (existed)
		return slot;
	name = xasprintf("static_call_key_function.%s", sck_bare_name(fn));
	var = build_decl(UNKNOWN_LOCATION, VAR_DECL, get_identifier(name), type);
	free(name);
	TREE_STATIC(var) = 1;
	TREE_READONLY(var) = 1;
	TREE_USED(var) = 1;
	TREE_ADDRESSABLE(var) = 1;
	DECL_ARTIFICIAL(var) = 1;
	DECL_IGNORED_P(var) = 1;
	DECL_INITIAL(var) = fold_convert(type, build_fold_addr_expr(fn));
	TREE_CONSTANT(DECL_INITIAL(var)) = 1;
	guard_place_constant(var);
	varpool_node::finalize_decl(var);
	sck_keep(var);
	sck_keep(fn);
	slot = var;
	return var;
}

static void guard_add_input(vec<tree, va_gc> **inputs, tree value)
{
	tree constraint = build_tree_list(NULL_TREE, build_string(1, "i"));

	vec_safe_push(*inputs, build_tree_list(constraint, value));
}

static void guard_add_label(vec<tree, va_gc> **labels, basic_block bb)
{
	vec_safe_push(*labels, build_tree_list(NULL_TREE, gimple_block_label(bb)));
}

/* What a guard is given for a function, or for null_pointer_node. */
tree sck_guard_value(tree target)
{
	return target == null_pointer_node ? target : build_fold_addr_expr(guard_constant(target));
}

/* The same, of a guard that there is. */
tree sck_guard_value_of(const gasm *guard, unsigned int n)
{
	return TREE_VALUE(gimple_asm_input_op(guard, n + 1));
}

/* fast[0] is where the guard falls through to, if count is not 0; it gets no label. */
gasm *sck_guard_build(tree trampoline, basic_block slow, const tree *values,
		      const basic_block *fast, unsigned int count, location_t loc)
{
	vec<tree, va_gc> *inputs = NULL, *labels = NULL;
	char *text = xasprintf("jmp\t%%l%u", count + 1);
	unsigned int i;
	gasm *guard;

	guard_add_input(&inputs, build_fold_addr_expr(trampoline));
	guard_add_label(&labels, slow);
	for (i = 0; i < count; i++) {
		guard_add_input(&inputs, values[i]);
		if (i)
			guard_add_label(&labels, fast[i]);
	}
	guard = gimple_build_asm_vec(ggc_strdup(text), inputs, NULL, NULL, labels);
	free(text);
	gimple_asm_set_volatile(guard, true);
	gimple_asm_set_inline(guard, true);
	gimple_set_location(guard, loc);
	return guard;
}

/* If the statement is a guard, the trampoline of its key; else NULL_TREE. */
tree sck_guard_trampoline(const gimple *stmt)
{
	const gasm *guard = dyn_cast<const gasm *>(stmt);
	tree input;

	if (!guard || !gimple_asm_nlabels(guard) || gimple_asm_noutputs(guard) ||
	    gimple_asm_ninputs(guard) < 2)
		return NULL_TREE;
	input = TREE_VALUE(gimple_asm_input_op(guard, 0));
	if (TREE_CODE(input) != ADDR_EXPR || !sck_trampoline_symbol(TREE_OPERAND(input, 0)))
		return NULL_TREE;
	return TREE_OPERAND(input, 0);
}

/* How many functions it tells of. */
unsigned int sck_guard_count(const gasm *guard)
{
	return gimple_asm_ninputs(guard) - 1;
}

/* A function, or null_pointer_node. At the link, NULL_TREE if it is not known in this part. */
tree sck_guard_target(const gasm *guard, unsigned int n)
{
	tree input = TREE_VALUE(gimple_asm_input_op(guard, n + 1)), value;

	if (TREE_CODE(input) != ADDR_EXPR)
		return null_pointer_node;
	value = ctor_for_folding(TREE_OPERAND(input, 0));
	if (!value || value == error_mark_node)
		return NULL_TREE;
	STRIP_NOPS(value);
	return TREE_CODE(value) == ADDR_EXPR ? TREE_OPERAND(value, 0) : NULL_TREE;
}

basic_block sck_guard_slow(const gasm *guard)
{
	return label_to_block(cfun, TREE_VALUE(gimple_asm_label_op(guard, 0)));
}

/* Where it leads while the key holds that function. */
basic_block sck_guard_fast(const gasm *guard, unsigned int n)
{
	if (n)
		return label_to_block(cfun, TREE_VALUE(gimple_asm_label_op(guard, n)));
	return find_fallthru_edge(gimple_bb(guard)->succs)->dest;
}
