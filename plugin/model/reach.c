/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What may a pointer reach? A store through it may change a key only if it may point
 * into an object of static storage that holds one. Three things tell:
 *
 *	the object	&ops.fn, malloc(n), a local array: known, whatever the types say
 *	the types	of the pointer, and of all that it was converted from: struct ops *
 *			that became char * on its way to a loop still speaks of keys
 *	their absence	void *: anything may lie there
 *
 * Conversions, arithmetic, joins of control flow and functions that return their
 * argument are looked through; a parameter, a loaded pointer or the result of a call is
 * the end of the way. What came that far as a pointer to characters, integers or structs
 * without keys is taken at its word: type punning through such a pointer that shows no
 * key anywhere on its way is not followed.
 */
#include "gcc-compat.h"
#include "model/keys.h"
#include "model/reach.h"

/* Bound on the definitions that one question may look at; past it, all is possible. */
#define REACH_LIMIT 256

struct walk {
	auto_bitmap seen;
	unsigned int steps;
	bool typed; /* a type on the way speaks of a key */
	bool named; /* a way leads to a variable, and to a key in it */
	bool open;  /* a way ends where only types tell, */
	bool blank; /* ... at a pointer to void, or one that may alias anything */
	bool voids; /* a pointer to void was on the way */
};

static bool is_void_pointer(const_tree type)
{
	return POINTER_TYPE_P(type) && VOID_TYPE_P(TREE_TYPE(type));
}

/*
 * Does an object of this type, or one of an array of them, have room for a key in bytes
 * [from, to)? A pointer to void may hold a function's address, too.
 */
bool sck_type_reaches(tree type, HOST_WIDE_INT from, HOST_WIDE_INT to)
{
	HOST_WIDE_INT size;

	type = strip_array_types(type);
	if (sck_is_fnptr(type) || is_void_pointer(type))
		return true;
	if (!RECORD_OR_UNION_TYPE_P(type))
		return false;
	size = sck_type_size(type);
	if (size > 0 && (from < 0 || to > size)) {
		from = 0;
		to = HOST_WIDE_INT_MAX;
	}
	return sck_type_has_key(type, from, to);
}

/* The bytes that a store may write, seen from a pointer on the way to it. */
struct span {
	HOST_WIDE_INT from, to;
};

static const struct span anywhere = { HOST_WIDE_INT_MIN, HOST_WIDE_INT_MAX };

static struct span span_moved(struct span s, HOST_WIDE_INT by)
{
	if (s.from != HOST_WIDE_INT_MIN)
		s.from += by;
	if (s.to != HOST_WIDE_INT_MAX)
		s.to += by;
	return s;
}

static void reach_pointer(struct walk *w, tree ptr, struct span s);

/* &ref, of which the bytes in s are meant. */
static void reach_address(struct walk *w, tree ref, struct span s)
{
	poly_int64 poffset, psize, pmax;
	HOST_WIDE_INT offset = 0;
	bool reverse, exact;
	tree base = get_ref_base_and_extent(ref, &poffset, &psize, &pmax, &reverse);

	exact = poffset.is_constant(&offset) && known_eq(psize, pmax) &&
		offset % BITS_PER_UNIT == 0;
	s = exact ? span_moved(s, offset / BITS_PER_UNIT) : anywhere;
	if (DECL_P(base)) {
		w->named |= VAR_P(base) && sck_var_has_key(base, s.from, s.to);
		return;
	}
	/* Others are strings and constants; other address spaces hold no keys. */
	if (TREE_CODE(base) != MEM_REF || !ADDR_SPACE_GENERIC_P(TYPE_ADDR_SPACE(TREE_TYPE(base))))
		return;
	w->typed |= sck_type_reaches(TREE_TYPE(base), s.from, s.to);
	s = tree_fits_shwi_p(TREE_OPERAND(base, 1))
		    ? span_moved(s, tree_to_shwi(TREE_OPERAND(base, 1)))
		    : anywhere;
	reach_pointer(w, TREE_OPERAND(base, 0), s);
}

/* The argument that a call returns, perhaps moved: memcpy and the like; or NULL_TREE. */
static tree call_returned_argument(gcall *call)
{
	int flags = gimple_call_return_flags(call);
	unsigned int n = flags & ERF_RETURN_ARG_MASK;
	tree fn;

	if (flags & ERF_RETURNS_ARG && n < gimple_call_num_args(call))
		return gimple_call_arg(call, n);
	if (gimple_call_builtin_p(call, BUILT_IN_MEMPCPY) ||
	    gimple_call_builtin_p(call, BUILT_IN_ASSUME_ALIGNED))
		return gimple_call_arg(call, 0);
	/* new (place) T */
	fn = gimple_call_fndecl(call);
	if (fn && DECL_IS_OPERATOR_NEW_P(fn) && !DECL_IS_REPLACEABLE_OPERATOR_NEW_P(fn) &&
	    gimple_call_num_args(call) == 2 && POINTER_TYPE_P(TREE_TYPE(gimple_call_arg(call, 1))))
		return gimple_call_arg(call, 1);
	return NULL_TREE;
}

/* Does this call return memory of its own, on the heap or the stack? */
static bool call_allocates(gcall *call)
{
	tree fn = gimple_call_fndecl(call);

	return gimple_call_flags(call) & ECF_MALLOC || gimple_alloca_call_p(call) ||
	       gimple_call_builtin_p(call, BUILT_IN_REALLOC) ||
	       (fn && DECL_IS_REPLACEABLE_OPERATOR_NEW_P(fn));
}

/* typedef ... __attribute__((may_alias)), as __m128i is one. */
static bool may_alias_type(tree type)
{
	return lookup_attribute("may_alias", TYPE_ATTRIBUTES(type)) != NULL_TREE;
}

/* type: of the pointer where it came from, which conversions do not hide. */
static void reach_root(struct walk *w, tree ptr, tree type)
{
	w->open = true;
	w->blank |= is_void_pointer(type);
	/* memcpy((void *)number, ...): a number may be any address. */
	w->blank |= INTEGRAL_TYPE_P(type) && w->voids;
	w->blank |= POINTER_TYPE_P(type) && TYPE_REF_CAN_ALIAS_ALL(type);
	w->blank |= POINTER_TYPE_P(type) && may_alias_type(TREE_TYPE(type));
	/*
	 * _mm_storeu_si128((__m128i *)&key, x): the function's own types say nothing of
	 * its callers' pointers. It is inlined, and then asked again.
	 */
	w->blank |= SSA_NAME_IS_DEFAULT_DEF(ptr) &&
		    lookup_attribute("always_inline", DECL_ATTRIBUTES(current_function_decl));
}

static void reach_assign(struct walk *w, gimple *def, tree ptr, struct span s)
{
	tree rhs = gimple_assign_rhs1(def);

	switch (gimple_assign_rhs_code(def)) {
	case POINTER_PLUS_EXPR:
		reach_pointer(w, rhs,
			      tree_fits_shwi_p(gimple_assign_rhs2(def))
				      ? span_moved(s, tree_to_shwi(gimple_assign_rhs2(def)))
				      : anywhere);
		return;
	case COND_EXPR:
		reach_pointer(w, gimple_assign_rhs2(def), s);
		reach_pointer(w, gimple_assign_rhs3(def), s);
		return;
	case PLUS_EXPR:
	case MINUS_EXPR:
	case BIT_AND_EXPR:
	case BIT_IOR_EXPR:
	case MIN_EXPR:
	case MAX_EXPR:
		/* Addresses that are computed as integers: either operand may be one. */
		reach_pointer(w, rhs, anywhere);
		reach_pointer(w, gimple_assign_rhs2(def), anywhere);
		return;
	default:
		if (gimple_assign_ssa_name_copy_p(def) ||
		    gimple_assign_rhs_code(def) == ADDR_EXPR ||
		    (gimple_assign_cast_p(def) && TYPE_PRECISION(TREE_TYPE(rhs)) == POINTER_SIZE))
			reach_pointer(w, rhs, s);
		else
			reach_root(w, ptr, TREE_TYPE(ptr));
	}
}

static void reach_pointer(struct walk *w, tree ptr, struct span s)
{
	tree type = TREE_TYPE(ptr);
	gimple *def;
	unsigned int i;

	if (TREE_CODE(ptr) == ADDR_EXPR) {
		reach_address(w, TREE_OPERAND(ptr, 0), s);
		return;
	}
	w->voids |= is_void_pointer(type);
	if (POINTER_TYPE_P(type) && !VOID_TYPE_P(TREE_TYPE(type)))
		w->typed |= sck_type_reaches(TREE_TYPE(type), s.from, s.to);
	if (TREE_CODE(ptr) != SSA_NAME) {
		w->open |= POINTER_TYPE_P(type) && !integer_zerop(ptr);
		return;
	}
	if (++w->steps > REACH_LIMIT) {
		w->open = w->blank = true;
		return;
	}
	def = SSA_NAME_DEF_STMT(ptr);
	if (gphi *phi = dyn_cast<gphi *>(def)) {
		/* Round a loop, a pointer may have moved anywhere in its object. */
		if (!bitmap_set_bit(w->seen, SSA_NAME_VERSION(ptr)))
			return;
		for (i = 0; i < gimple_phi_num_args(phi); i++)
			reach_pointer(w, gimple_phi_arg_def(phi, i), anywhere);
	} else if (gcall *call = dyn_cast<gcall *>(def)) {
		if (call_returned_argument(call))
			reach_pointer(w, call_returned_argument(call), anywhere);
		else if (!call_allocates(call))
			reach_root(w, ptr, gimple_call_return_type(call));
	} else if (is_gimple_assign(def)) {
		reach_assign(w, def, ptr, s);
	} else {
		reach_root(w, ptr, TREE_TYPE(ptr));
	}
}

/*
 * May bytes [from, to) behind ptr be, or hold, a key? typed: the access itself speaks
 * of one; blank: it is one that may write anything, so that a pointer to void, of
 * which nothing is known, counts.
 */
enum sck_reach sck_reach(tree ptr, HOST_WIDE_INT from, HOST_WIDE_INT to, bool typed, bool blank)
{
	struct walk w;
	struct span s = { from, to };

	w.steps = 0;
	w.typed = typed;
	w.named = w.open = w.blank = w.voids = false;
	reach_pointer(&w, ptr, s);
	if (w.named)
		return SCK_REACH_NAMED;
	if (w.open && w.typed)
		return SCK_REACH_TYPED;
	return w.blank && blank ? SCK_REACH_BLANK : SCK_REACH_NONE;
}

/*
 * Can ptr only point to memory that holds no key whatever its type: the stack, what
 * malloc returned? Asks for no tags, so that it may be asked at the link, too.
 */
bool sck_private_memory(tree ptr)
{
	struct walk w;

	w.steps = 0;
	w.typed = w.named = w.open = w.blank = w.voids = false;
	reach_pointer(&w, ptr, anywhere);
	return !w.open && !w.named;
}
