/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stores that may change a key are followed by a call that resyncs the range:
 *
 *	ops.fn = f;			ops.fn = f;
 *			    becomes	static_call_key_stored(&ops.fn, 8);
 *
 * static_call_key_stored is a few instructions in every object (functions.c): it calls the
 * runtime if a key may lie there, which is never so without the runtime. This pass adds
 * no branches, so that profiles fit programs with and without the plugin; resync.c
 * joins resyncs later, and puts tests in front of them.
 *
 * writes.c says what is written, reach.c whether that may be a key. stores=named
 * follows only what names a key: a variable that holds one, or a member that is
 * itself tagged; a kernel cannot afford the guesses.
 *
 * In a transaction (-fgnu-tm) a store is not final until the transaction is: there the
 * resync is put off to its end, by static_call_key_stored_transaction.
 */
#include "gcc-compat.h"
#include "model/options.h"
#include "model/decl.h"
#include "model/keys.h"
#include "model/report.h"
#include "model/sets.h"
#include "emit/emit.h"
#include "gimple/passes.h"

static tree store_decl, maybe_decl, transaction_decl;

/* Did any store of this unit get a resync, be it that it was dropped again? */
bool sck_store_calls(void)
{
	return store_decl != NULL_TREE || transaction_decl != NULL_TREE;
}

/*
 * void symbol(const void *, size_t), hidden. It reads any memory and writes none that
 * compiled code knows: stores stay before it, while loads may move across it. Where it keeps
 * registers (functions.c), code that never comes to it need not save any for it.
 */
static tree store_declare(const char *symbol, bool keeping)
{
	tree type = build_function_type_list(void_type_node, const_ptr_type_node, size_type_node,
					     NULL_TREE);

	TYPE_ATTRIBUTES(type) = tree_cons(get_identifier("fn spec"),
					  build_tree_list(NULL_TREE, build_string(6, ".pr . ")),
					  keeping ? sck_keeping_mark() : NULL_TREE);
	if (flag_tm)
		TYPE_ATTRIBUTES(type) = tree_cons(get_identifier("transaction_pure"), NULL_TREE,
						  TYPE_ATTRIBUTES(type));
	return sck_hidden_function(symbol, type);
}

/* static_call_key_stored. */
tree sck_store_function(void)
{
	if (!store_decl) {
		store_decl = store_declare(STATIC_CALL_KEY_STORE, true);
		sck_want_part(SCK_PART_STORE, store_decl);
	}
	return store_decl;
}

static tree store_maybe_function(void)
{
	if (!maybe_decl) {
		maybe_decl = store_declare(STATIC_CALL_KEY_STORE_MAYBE, true);
		sck_want_part(SCK_PART_STORE, maybe_decl);
	}
	sck_store_function();
	return maybe_decl;
}

static tree store_transaction_function(void)
{
	if (!transaction_decl) {
		transaction_decl = store_declare(STATIC_CALL_KEY_STORE_TRANSACTION, false);
		sck_want_part(SCK_PART_STORE_TRANSACTION, transaction_decl);
	}
	return transaction_decl;
}

/* Is this function, or may a part of it be, a transaction? */
static bool store_in_transactions(void)
{
	basic_block bb;

	if (!flag_tm)
		return false;
	if (is_tm_safe(current_function_decl) || is_tm_may_cancel_outer(current_function_decl) ||
	    lookup_attribute("transaction_callable",
			     TYPE_ATTRIBUTES(TREE_TYPE(current_function_decl))))
		return true;
	FOR_EACH_BB_FN(bb, cfun) {
		gimple_stmt_iterator gsi = gsi_last_nondebug_bb(bb);

		if (!gsi_end_p(gsi) && gimple_code(gsi_stmt(gsi)) == GIMPLE_TRANSACTION)
			return true;
	}
	return false;
}

static gimple_seq store_build_resync(gimple *store, const struct sck_written *w)
{
	tree address = w->address, size = w->size ? w->size : TYPE_MAX_VALUE(size_type_node);
	gimple_seq seq = NULL, more = NULL;
	gcall *call;
	tree fn;

	address = force_gimple_operand(fold_convert(const_ptr_type_node, unshare_expr(address)),
				       &seq, true, NULL_TREE);
	size = force_gimple_operand(fold_convert(size_type_node, size), &more, true, NULL_TREE);
	gimple_seq_add_seq(&seq, more);
	annotate_all_with_location(seq, gimple_location(store));
	fn = store_in_transactions()       ? store_transaction_function()
	     : w->reach == SCK_REACH_BLANK ? store_maybe_function()
					   : sck_store_function();
	call = gimple_build_call(fn, 2, address, size);
	gimple_set_location(call, gimple_location(store));
	gimple_seq_add_stmt(&seq, call);
	return seq;
}

/* The call of static_call_key_stored, right after the store on every way on. */
static void store_insert_resync(gimple_stmt_iterator *gsi, const struct sck_written *w)
{
	gimple *store = gsi_stmt(*gsi);
	edge_iterator ei;
	edge e;

	if (!stmt_ends_bb_p(store)) {
		gsi_insert_seq_after(gsi, store_build_resync(store, w), GSI_CONTINUE_LINKING);
		return;
	}
	FOR_EACH_EDGE(e, ei, gimple_bb(store)->succs)
		if (!(e->flags & (EDGE_EH | EDGE_ABNORMAL | EDGE_FAKE)))
			gsi_insert_seq_on_edge(e, store_build_resync(store, w));
	gsi_commit_edge_inserts();
}

/* A statement that folding has made may have no location: the nearest, or the function. */
static location_t store_location(gimple *stmt)
{
	gimple_stmt_iterator gsi = gsi_for_stmt(stmt);
	location_t loc;

	for (; !gsi_end_p(gsi); gsi_prev(&gsi)) {
		loc = gimple_location(gsi_stmt(gsi));
		if (LOCATION_LOCUS(loc) != UNKNOWN_LOCATION)
			return loc;
	}
	return DECL_SOURCE_LOCATION(current_function_decl);
}

/*
 * Where the user finds the statement: not in a function of a system header, if that was
 * inlined. UNKNOWN_LOCATION: it has not been.
 */
static location_t store_user_location(gimple *stmt)
{
	location_t loc = store_location(stmt);
	tree block = gimple_block(stmt);

	for (; in_system_header_at(loc) && block && TREE_CODE(block) == BLOCK;
	     block = BLOCK_SUPERCONTEXT(block))
		if (inlined_function_outer_scope_p(block))
			loc = LOCATION_LOCUS(BLOCK_SOURCE_LOCATION(block));
	return in_system_header_at(loc) ? UNKNOWN_LOCATION : loc;
}

/* stores=warn, stores=error. GCC keeps warnings of system headers to itself. */
void sck_tell_store(gimple *store, const char *path)
{
	location_t loc = store_user_location(store);
	bool told = true;

	if (sck_options.stores == SCK_STORES_WARN)
		told = warning_at(
			loc, 0,
			"store that may change the %<static_call_key%> %qs: its call sites "
			"do not follow; use %<static_call_key_update%>",
			path ? path : "*");
	else
		error_at(loc,
			 "store that may change the %<static_call_key%> %qs: "
			 "use %<static_call_key_update%>",
			 path ? path : "*");
	if (told && loc == UNKNOWN_LOCATION)
		inform(store_location(store), "the store is in a system header, in %qD",
		       current_function_decl);
}

/* stores=named: does the store name a key, or is it only one that might reach some? */
static bool store_is_followed(const struct sck_written *w)
{
	tree ref, base;
	poly_int64 poffset, psize, pmax;
	HOST_WIDE_INT from, size;
	bool reverse;

	if (sck_options.stores != SCK_STORES_NAMED || w->reach == SCK_REACH_NAMED)
		return true;
	if (TREE_CODE(w->address) != ADDR_EXPR)
		return POINTER_TYPE_P(TREE_TYPE(w->address)) &&
		       sck_type_has_tag(TREE_TYPE(TREE_TYPE(w->address)), 0, HOST_WIDE_INT_MAX);
	ref = TREE_OPERAND(w->address, 0);
	base = get_ref_base_and_extent(ref, &poffset, &psize, &pmax, &reverse);
	if (!poffset.is_constant(&from) || !pmax.is_constant(&size) || size <= 0)
		return sck_type_has_tag(TREE_TYPE(base), 0, HOST_WIDE_INT_MAX);
	return sck_type_has_tag(TREE_TYPE(base), from / BITS_PER_UNIT,
				(from + size + BITS_PER_UNIT - 1) / BITS_PER_UNIT);
}

/*
 * Follow the statement at gsi, if it may change keys, by resyncs. True if something
 * was inserted; gsi is then at the last inserted statement, or unchanged if that is in
 * another block.
 */
bool sck_sync_stores(gimple_stmt_iterator *gsi)
{
	gimple *stmt = gsi_stmt(*gsi);
	auto_vec<struct sck_written> found;
	struct sck_written *w;
	bool changed = false;
	unsigned int i;

	if (!sck_have_keys())
		return false;
	sck_find_writes(stmt, &found);
	FOR_EACH_VEC_ELT(found, i, w) {
		char *path = TREE_CODE(w->address) == ADDR_EXPR
				     ? sck_ref_path(TREE_OPERAND(w->address, 0))
				     : NULL;

		if (store_is_followed(w)) {
			sck_report_store(stmt, current_function_decl, path);
			/* What only may be one is told of when it is known; see resync.c. */
			if (sck_stores_followed() || w->reach == SCK_REACH_BLANK) {
				store_insert_resync(gsi, w);
				changed = true;
			} else {
				sck_tell_store(stmt, path);
			}
		}
		free(path);
	}
	return changed;
}
