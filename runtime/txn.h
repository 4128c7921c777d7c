/* SPDX-License-Identifier: MIT */
/* txn.h - transactions; see txn.c. */
#ifndef STATIC_CALL_TXN_H
#define STATIC_CALL_TXN_H

#include "state.h"

#pragma GCC visibility push(hidden)

struct scrt_txn {
	struct scrt_state *state;
	struct scrt_module *modules;
	bool patched; /* sites may have changed, if only back */
	/* Of one module, all of whose sites may well change, some or others: it is not checked before. */
	bool unchecked;
	bool fresh; /* ... nor behind: its sites have just been found as they were linked */
};

/* All sites of this record shall lead to target; of two wishes, the last counts. */
void scrt_txn_add(struct scrt_txn *t, struct scrt_module *m, uint32_t record, uintptr_t target);

/* The same of all records of a key. */
void scrt_txn_add_key(struct scrt_txn *t, uintptr_t key, uintptr_t target);

/*
 * Have the sites of this record no longer the forms that they should have, as modules with
 * bodies came or went? Then the target that it has is to be added.
 */
bool scrt_txn_body_is_due(const struct scrt_state *s, const struct scrt_record *r);

/*
 * Retarget all sites of the transaction, or fail and leave them. The one
 * failure that may come late is that of closing a window; if forward, the
 * sites are then left at their new targets.
 */
int scrt_txn_run(struct scrt_txn *t, bool forward);

/* When the pointers are stored as well: let every core see it. */
void scrt_txn_finish(struct scrt_txn *t);

/* In a forked child: take back what a transaction of the parent has done here. */
void scrt_txn_undo(struct scrt_state *s, struct scrt_module *m);

/* Open a window for sites in [lo, hi); one that was left open is part of it. */
int scrt_window_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi);

/* Close the module's window, if one is open. */
int scrt_window_close(struct scrt_state *s, struct scrt_module *m);

#pragma GCC visibility pop

#endif /* STATIC_CALL_TXN_H */
