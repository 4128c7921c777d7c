/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the resync pass share. */
#ifndef STATIC_CALL_GIMPLE_RESYNC_H
#define STATIC_CALL_GIMPLE_RESYNC_H

/* resync-stmt.c: which statements are resyncs, and what is known of one. */
bool sck_is_maybe(gimple *stmt);
bool sck_is_resync(gimple *stmt);
bool sck_is_quiet_call(gcall *call);
bool sck_is_resync_barrier(gimple *stmt);
tree sck_resync_base(gimple *stmt, HOST_WIDE_INT *offset);
tree sck_resync_root(gimple *stmt);
bool sck_resync_certain(gimple *stmt);
void sck_resync_remove(gimple *stmt);

/* resync-fill.c: calls that fill memory, together with the resync behind them. */
gcall *sck_filling_call(gimple *resync);
gcall *sck_filling_store(gcall *filler, gimple *resync);

/* resync-code.c: the changes that can be made to one. */
void sck_put_resync_fill(gimple *resync);
void sck_put_resync_test(gimple *resync);
tree sck_range_test(gcond *cond);
tree sck_build_value(gimple_seq *seq, enum tree_code code, tree type, tree a, tree b);
tree sck_build_out_of_range(gimple_seq *seq, tree pointer);
void sck_begin_resync_open(void);
void sck_put_resync_open(gimple *resync, bool certain, bool loops);
void sck_put_resync_flush(basic_block bb, location_t loc);
void sck_end_resync_open(void);

/* resync-plan.c: which of them are made in a function. */
void sck_plan_resyncs(function *fn);

#endif /* STATIC_CALL_GIMPLE_RESYNC_H */
