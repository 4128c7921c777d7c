/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a statement writes, as far as it may be a key. The forms that write memory in
 * GIMPLE right after SSA construction, and where each is looked at:
 *
 *	assignments, scalar, aggregate, vector	reference_written
 *	results of calls, in place or returned	the same
 *	operands of asm statements		the same
 *	asm with a "memory" clobber		asm_writes: through any pointer it is given
 *	memcpy and its kin, atomics		call_writes, by name, as -fno-builtin and
 *						-ffreestanding leave only that
 *	the processor's own functions		machine_builtin_writes
 *	the end and beginning of a C++ object	nothing is written
 *	internal functions			only their results; others are made later
 *
 * A store of less than a pointer cannot install a function. It counts where the
 * variable, or a type on the pointer's way, shows that part of a key is meant.
 */
#include "gcc-compat.h"
#include "model/decl.h"
#include "model/keys.h"
#include "gimple/passes.h"

static bool addressable_ref(tree ref)
{
	for (; handled_component_p(ref); ref = TREE_OPERAND(ref, 0)) {
		if (TREE_CODE(ref) == COMPONENT_REF) {
			if (DECL_BIT_FIELD(TREE_OPERAND(ref, 1)))
				return false;
		} else if (TREE_CODE(ref) != ARRAY_REF) {
			return false;
		}
	}
	return true;
}

/* May an access of this type write an object of any type? */
static bool writes_anything(tree mem)
{
	tree as = TREE_TYPE(TREE_OPERAND(mem, 1));

	return TYPE_REF_CAN_ALIAS_ALL(as) || get_alias_set(mem) == 0;
}

/*
 * p->member = f; where *p is a struct that C's rules on types let be no object with a key, nor
 * a part of one. GCC builds on these rules too, unless told not to.
 */
static bool access_is_elsewhere(tree ref, tree mem)
{
	return ref != mem && opt_for_fn(current_function_decl, flag_strict_aliasing) &&
	       !writes_anything(mem) && sck_type_is_unrelated(TREE_TYPE(mem)) &&
	       TYPE_MAIN_VARIANT(TREE_TYPE(mem)) ==
		       TYPE_MAIN_VARIANT(TREE_TYPE(TREE_TYPE(TREE_OPERAND(mem, 1))));
}

/*
 * Does the access ref, of memory behind a pointer, speak of a key? A key is a pointer to
 * function, and C lets it be written as one, or as a part of any struct that has one.
 */
static bool access_speaks(tree ref, tree mem, HOST_WIDE_INT from, HOST_WIDE_INT to)
{
	tree as = TREE_TYPE(TREE_OPERAND(mem, 1));

	if (sck_holds_fnptr(TREE_TYPE(ref)) && !access_is_elsewhere(ref, mem))
		return true;

	/*
	 * g++ copies a class with tail padding as MEM <unsigned char[12]> [(struct ops *)p]:
	 * the type of the pointer is what the source has.
	 */
	return sck_type_reaches(TREE_TYPE(mem), from, to) ||
	       (POINTER_TYPE_P(as) && !VOID_TYPE_P(TREE_TYPE(as)) &&
		sck_type_reaches(TREE_TYPE(as), from, to));
}

static enum sck_reach reference_reach(tree ref, tree *base)
{
	poly_int64 poffset, psize, pmax;
	HOST_WIDE_INT from = 0, to = HOST_WIDE_INT_MAX, size, add = 0;
	bool reverse, typed, blank, moves = false;

	*base = get_ref_base_and_extent(ref, &poffset, &psize, &pmax, &reverse);
	if (poffset.is_constant(&from) && pmax.is_constant(&size) && size > 0) {
		from /= BITS_PER_UNIT;
		to = from + (size + BITS_PER_UNIT - 1) / BITS_PER_UNIT;
	} else {
		from = 0;
	}
	if (VAR_P(*base))
		return sck_var_has_key(*base, from, to) ? SCK_REACH_NAMED : SCK_REACH_NONE;
	if (TREE_CODE(*base) != MEM_REF || !ADDR_SPACE_GENERIC_P(TYPE_ADDR_SPACE(TREE_TYPE(*base))))
		return SCK_REACH_NONE;
	if (tree_fits_shwi_p(TREE_OPERAND(*base, 1)))
		add = tree_to_shwi(TREE_OPERAND(*base, 1));
	else
		moves = true;
	typed = access_speaks(ref, *base, from, to);
	blank = writes_anything(*base) && to - from >= UNITS_PER_WORD;
	if (to != HOST_WIDE_INT_MAX)
		to += add;
	return sck_reach(TREE_OPERAND(*base, 0), moves ? HOST_WIDE_INT_MIN : from + add,
			 moves ? HOST_WIDE_INT_MAX : to, typed, blank);
}

/* A reference to memory that is assigned to. */
static void reference_written(tree ref, vec<struct sck_written> *found)
{
	struct sck_written w;
	tree base;

	if (!ref || TREE_CODE(ref) == SSA_NAME || is_gimple_reg(ref))
		return;
	w.reach = reference_reach(ref, &base);
	if (w.reach == SCK_REACH_NONE)
		return;
	if (!addressable_ref(ref))
		ref = base;
	w.size = TYPE_SIZE_UNIT(TREE_TYPE(ref));
	if (w.size && TREE_CODE(w.size) != INTEGER_CST)
		w.size = NULL_TREE;
	mark_addressable(ref);
	w.address = build_fold_addr_expr(unshare_expr(ref));
	found->safe_push(w);
}

/* Memory behind a pointer, a value that is handed to a function or asm statement. */
static void pointer_written(tree ptr, tree size, bool blank, vec<struct sck_written> *found)
{
	HOST_WIDE_INT to = HOST_WIDE_INT_MAX;
	struct sck_written w = { ptr, size, SCK_REACH_NONE };

	if (!POINTER_TYPE_P(TREE_TYPE(ptr)) && !INTEGRAL_TYPE_P(TREE_TYPE(ptr)))
		return;
	if (size && tree_fits_shwi_p(size))
		to = tree_to_shwi(size);
	if (to <= 0)
		return;
	w.reach = sck_reach(ptr, 0, to, false, blank && to >= UNITS_PER_WORD);
	if (w.reach != SCK_REACH_NONE)
		found->safe_push(w);
}

static tree writes_bytes(HOST_WIDE_INT n)
{
	return build_int_cst(size_type_node, n);
}

/*
 * Functions of the C library that write a block of memory: through which argument, and
 * how much: the value of one argument, or the product of two.
 */
static const struct block_writer {
	const char *name;
	signed char pointer, size, times;
} block_writers[] = {
	{ "memcpy", 0, 2, -1 },    { "memmove", 0, 2, -1 },        { "mempcpy", 0, 2, -1 },
	{ "memset", 0, 2, -1 },    { "memccpy", 0, 3, -1 },        { "bzero", 0, 1, -1 },
	{ "bcopy", 1, 2, -1 },     { "explicit_bzero", 0, 1, -1 }, { "memset_explicit", 0, 2, -1 },
	{ "memfrob", 0, 1, -1 },   { "swab", 1, 2, -1 },           { "wmemcpy", 0, -1, -1 },
	{ "wmemmove", 0, -1, -1 }, { "wmemset", 0, -1, -1 },       { "strcpy", 0, -1, -1 },
	{ "stpcpy", 0, -1, -1 },   { "strcat", 0, -1, -1 },        { "strncpy", 0, 2, -1 },
	{ "stpncpy", 0, 2, -1 },   { "strncat", 0, -1, -1 },       { "qsort", 0, 1, 2 },
	{ "qsort_r", 0, 1, 2 },    { "fread", 0, 1, 2 },           { "fread_unlocked", 0, 1, 2 },
	{ "read", 1, 2, -1 },      { "pread", 1, 2, -1 },          { "pread64", 1, 2, -1 },
	{ "recv", 1, 2, -1 },      { "recvfrom", 1, 2, -1 },
};

/* "memcpy" of memcpy, __memcpy, __memcpy_chk and __builtin_memcpy. */
static bool writes_same_function(const char *name, const char *wanted)
{
	size_t length = strlen(wanted);

	if (!strncmp(name, "__builtin_", 10))
		name += 10;
	if (!strncmp(name, "__", 2))
		name += 2;
	return !strncmp(name, wanted, length) && (!name[length] || !strcmp(name + length, "_chk"));
}

static const struct block_writer *find_block_writer(tree fn)
{
	const char *name;
	unsigned int i;

	if (!TREE_PUBLIC(fn))
		return NULL;
	name = sck_bare_name(fn);
	for (i = 0; i < ARRAY_SIZE(block_writers); i++)
		if (writes_same_function(name, block_writers[i].name))
			return &block_writers[i];
	return NULL;
}

static bool integral_argument(gcall *call, int n)
{
	return n >= 0 && (unsigned int)n < gimple_call_num_args(call) &&
	       INTEGRAL_TYPE_P(TREE_TYPE(gimple_call_arg(call, n)));
}

static void block_written(gcall *call, const struct block_writer *how,
			  vec<struct sck_written> *found)
{
	tree size = NULL_TREE, times;

	if ((unsigned int)how->pointer >= gimple_call_num_args(call))
		return;
	if (integral_argument(call, how->size))
		size = gimple_call_arg(call, how->size);
	else if (how->size >= 0)
		return; /* another function of that name */
	if (how->times >= 0) {
		times = integral_argument(call, how->times) ? gimple_call_arg(call, how->times)
							    : NULL_TREE;
		size = times && TREE_CODE(size) == INTEGER_CST && TREE_CODE(times) == INTEGER_CST
			       ? int_const_binop(MULT_EXPR, fold_convert(size_type_node, size),
						 fold_convert(size_type_node, times))
			       : NULL_TREE;
	}
	pointer_written(gimple_call_arg(call, how->pointer), size, true, found);
}

/* An atomic operation; true if it is one that writes, or that is known not to. */
static bool atomic_written(gcall *call, vec<struct sck_written> *found)
{
	unsigned int code = DECL_FUNCTION_CODE(gimple_call_fndecl(call));
	const char *name = IDENTIFIER_POINTER(DECL_NAME(gimple_call_fndecl(call)));
	const char *last = strrchr(name, '_');
	tree size = NULL_TREE;
	unsigned int n = 0;

	switch (code) {
	case BUILT_IN_ATOMIC_LOAD:
		pointer_written(gimple_call_arg(call, 2), gimple_call_arg(call, 0), false, found);
		return true;
	case BUILT_IN_ATOMIC_EXCHANGE:
		pointer_written(gimple_call_arg(call, 3), gimple_call_arg(call, 0), false, found);
		n = 1;
		break;
	case BUILT_IN_ATOMIC_COMPARE_EXCHANGE:
		pointer_written(gimple_call_arg(call, 2), gimple_call_arg(call, 0), false, found);
		n = 1;
		break;
	case BUILT_IN_ATOMIC_STORE:
		n = 1;
		break;
	default:
		if (strncmp(name, "__atomic_", 9) && strncmp(name, "__sync_", 7))
			return false;
		if (!strcmp(last, "_8"))
			size = writes_bytes(8);
		else if (!strcmp(last, "_16"))
			size = writes_bytes(16);
		else
			return true; /* fences, loads; others write less than a pointer */
		if (!strncmp(name, "__atomic_load", 13))
			return true;
		if (!strncmp(name, "__atomic_compare_exchange", 25))
			pointer_written(gimple_call_arg(call, 1), size, false, found);
	}
	pointer_written(gimple_call_arg(call, n), size ? size : gimple_call_arg(call, 0), false,
			found);
	return true;
}

/*
 * A function of the processor that writes memory: how much, only its name tells. One
 * that scatters may write anywhere around its pointer.
 */
static void machine_builtin_writes(gcall *call, vec<struct sck_written> *found)
{
	const char *name = IDENTIFIER_POINTER(DECL_NAME(gimple_call_fndecl(call)));
	bool scatters = strstr(name, "scatter") != NULL;
	unsigned int i, before;

	for (i = 0; i < gimple_call_num_args(call); i++) {
		if (!POINTER_TYPE_P(TREE_TYPE(gimple_call_arg(call, i))))
			continue;
		before = found->length();
		pointer_written(gimple_call_arg(call, i), NULL_TREE, true, found);
		if (scatters && found->length() > before)
			found->last().address = null_pointer_node;
	}
}

static void call_writes(gcall *call, vec<struct sck_written> *found)
{
	tree fn = gimple_call_fndecl(call);
	const struct block_writer *how;

	reference_written(gimple_call_lhs(call), found);
	if (gimple_call_internal_p(call) || !fn || !DECL_NAME(fn))
		return;
	if (fndecl_built_in_p(fn, BUILT_IN_MD)) {
		machine_builtin_writes(call, found);
		return;
	}
	if (gimple_call_builtin_p(call, BUILT_IN_NORMAL) && atomic_written(call, found))
		return;
	how = find_block_writer(fn);
	if (how)
		block_written(call, how, found);
}

static void asm_writes(gasm *stmt, vec<struct sck_written> *found)
{
	bool memory = false;
	unsigned int i;
	tree operand;

	for (i = 0; i < gimple_asm_noutputs(stmt); i++)
		reference_written(TREE_VALUE(gimple_asm_output_op(stmt, i)), found);
	for (i = 0; i < gimple_asm_nclobbers(stmt); i++)
		memory |= !strcmp(TREE_STRING_POINTER(TREE_VALUE(gimple_asm_clobber_op(stmt, i))),
				  "memory");
	if (!memory)
		return;
	for (i = 0; i < gimple_asm_ninputs(stmt); i++) {
		operand = TREE_VALUE(gimple_asm_input_op(stmt, i));
		if (TREE_CODE(operand) == SSA_NAME || TREE_CODE(operand) == ADDR_EXPR)
			pointer_written(operand, NULL_TREE, true, found);
		else if (!is_gimple_min_invariant(operand))
			reference_written(operand, found); /* "m" */
	}
}

/* What stmt writes that may be a key. A statement may write several things. */
void sck_find_writes(gimple *stmt, vec<struct sck_written> *found)
{
	if (!gimple_vdef(stmt))
		return;
	if (is_gimple_assign(stmt)) {
		if (!gimple_clobber_p(stmt))
			reference_written(gimple_assign_lhs(stmt), found);
	} else if (gcall *call = dyn_cast<gcall *>(stmt)) {
		call_writes(call, found);
	} else if (gasm *asm_stmt = dyn_cast<gasm *>(stmt)) {
		asm_writes(asm_stmt, found);
	}
}
