/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The passes over GIMPLE, and what their files share. */
#ifndef STATIC_CALL_GIMPLE_PASSES_H
#define STATIC_CALL_GIMPLE_PASSES_H

#include "model/refs.h"
#include "model/reach.h"
#include "model/report.h"

/* origin.c: does this callee come from a key, and is it still good? */
struct sck_origin {
	enum sck_reason reason; /* SCK_DIRECT: rewrite it */
	struct sck_ref ref;
	gimple *load; /* for SCK_DIRECT */
};

void sck_find_origin(gcall *call, struct sck_origin *origin, bool as_if);

/* describe.c: where a callee comes from, and stores to what could have a tag. */
void sck_describe_callee(gcall *call, const struct sck_origin *origin, struct sck_description *d);
void sck_free_description(struct sck_description *d);
void sck_describe_store(gimple *stmt);

/* flow.c: what pointers with a clobber set are given, and keys in updates. */
void sck_check_flow(gimple *stmt);
bool sck_has_updates(void);
void sck_check_update(gcall *call);
void sck_check_initializers(void);

/* writes.c: what a statement writes. */
struct sck_written {
	tree address;         /* a GIMPLE value or an ADDR_EXPR */
	tree size;            /* bytes; NULL_TREE: not known, to the end of the object */
	enum sck_reach reach; /* never SCK_REACH_NONE */
};

void sck_find_writes(gimple *stmt, vec<struct sck_written> *found);

/* stores.c: stores that may change a key are followed by resyncs. */
bool sck_sync_stores(gimple_stmt_iterator *gsi);
bool sck_store_calls(void);
void sck_tell_store(gimple *store, const char *path);
tree sck_store_function(void);

/* dynamic.c, dynamic-keep.c */
void sck_mark_dynamic(gcall *call);
opt_pass *sck_make_dynamic_pass(void);
opt_pass *sck_make_keep_pass(void);

/* lower.c, resync.c, resync-version.c, profile.c, guard-name.c, guard.c, guard-fold.c */
opt_pass *sck_make_lower_pass(void);
opt_pass *sck_make_drop_pass(void);
opt_pass *sck_make_resync_pass(void);
opt_pass *sck_make_version_pass(void);
opt_pass *sck_make_guess_pass(bool before);
opt_pass *sck_make_hide_pass(void);
opt_pass *sck_make_show_pass(void);
opt_pass *sck_make_done_pass(void);
opt_pass *sck_make_name_pass(void);
opt_pass *sck_make_guard_pass(void);
opt_pass *sck_make_fold_pass(void);
opt_pass *sck_make_settle_pass(void);

#endif /* STATIC_CALL_GIMPLE_PASSES_H */
