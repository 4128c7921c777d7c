/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls that fill memory which only might hold keys, each with a resync right behind it. Both are
 * done by a function of ours, which takes what memset takes, so that neither the address nor
 * the size need be kept across a call:
 *
 *	memset(p, 0, n);			if (p - range.lo < range.span)
 *	static_call_key_stored(p, n);	becomes		static_call_key_stored_memset(p, 0, n);
 *						else
 *							memset(p, 0, n);
 *
 * and, where size counts, that call alone.
 */
#include "gcc-compat.h"
#include "model/decl.h"
#include "emit/emit.h"
#include "gimple/passes.h"
#include "gimple/resync.h"

/* spec: what GCC knows of its arguments: written; read, as far as it copies; numbers. */
static struct fill {
	enum built_in_function code;
	enum sck_part part;
	const char *name, *spec;
	tree decl;
} fills[] = {
	{ BUILT_IN_MEMSET, SCK_PART_STORE_MEMSET, "memset", ".pO . . ", NULL_TREE },
	{ BUILT_IN_MEMCPY, SCK_PART_STORE_MEMCPY, "memcpy", ".pO r . ", NULL_TREE },
	{ BUILT_IN_MEMMOVE, SCK_PART_STORE_MEMMOVE, "memmove", ".pO r . ", NULL_TREE },
};

/* The call in front of a resync, if it is one that fills the memory and returns nothing. */
gcall *sck_filling_call(gimple *resync)
{
	gimple_stmt_iterator gsi = gsi_for_stmt(resync);
	gcall *call;

	gsi_prev_nondebug(&gsi);
	call = gsi_end_p(gsi) ? NULL : dyn_cast<gcall *>(gsi_stmt(gsi));
	if (!call || gimple_call_lhs(call) || !sck_is_quiet_call(call) || stmt_ends_bb_p(call) ||
	    gimple_call_internal_p(call) || gimple_call_num_args(call) < 2 ||
	    !operand_equal_p(gimple_call_arg(call, 0), gimple_call_arg(resync, 0), 0))
		return NULL;
	return call;
}

static tree fill_function(struct fill *fill, tree fntype)
{
	char *symbol;

	if (fill->decl)
		return fill->decl;
	fntype = build_distinct_type_copy(
		build_function_type(void_type_node, TYPE_ARG_TYPES(fntype)));
	TYPE_ATTRIBUTES(fntype) =
		tree_cons(get_identifier("fn spec"),
			  build_tree_list(NULL_TREE, build_string(strlen(fill->spec), fill->spec)),
			  NULL_TREE);
	symbol = xasprintf(STATIC_CALL_KEY_STORE_FILL "%s", fill->name);
	fill->decl = sck_hidden_function(symbol, fntype);
	free(symbol);
	sck_want_part(fill->part, fill->decl);
	sck_want_part(SCK_PART_STORE, NULL_TREE);
	return fill->decl;
}

/*
 * Is the function written that would be called, and does it call what would be called? At the
 * link nothing more is written; a kernel, far code, a sanitizer have functions of their own.
 */
static bool fill_is_possible(tree fn, const struct fill *fill)
{
	return !flag_lto && !in_lto_p && !flag_sanitize && ix86_cmodel != CM_KERNEL &&
	       ix86_cmodel != CM_LARGE && ix86_cmodel != CM_LARGE_PIC &&
	       !strcmp(sck_bare_name(fn), fill->name);
}

/* The call that fills and resyncs, in no block yet; NULL if there is none for these two. */
gcall *sck_filling_store(gcall *filler, gimple *resync)
{
	tree fn = gimple_call_fndecl(filler), decl;
	gcall *store;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(fills); i++) {
		if (!gimple_call_builtin_p(filler, fills[i].code) ||
		    !fill_is_possible(fn, &fills[i]) ||
		    !operand_equal_p(gimple_call_arg(filler, 2), gimple_call_arg(resync, 1), 0))
			continue;
		decl = fill_function(&fills[i], TREE_TYPE(builtin_decl_explicit(fills[i].code)));
		store = gimple_build_call(decl, 3, gimple_call_arg(filler, 0),
					  gimple_call_arg(filler, 1), gimple_call_arg(filler, 2));
		gimple_set_location(store, gimple_location(filler));
		return store;
	}
	return NULL;
}
