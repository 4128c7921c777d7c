/* SPDX-License-Identifier: MIT */
/* totals.h - what is told of at the end; see totals.c. */
#ifndef STATIC_CALL_TOTALS_H
#define STATIC_CALL_TOTALS_H

#include "state.h"

#pragma GCC visibility push(hidden)

/* An update, or that sites follow stores, has ended so. */
void scrt_totals_update(struct scrt_state *s, int err);

/* This module is about to go: its sites still are where they were. */
void scrt_totals_leave(struct scrt_state *s, struct scrt_module *m);

#pragma GCC visibility pop

#endif /* STATIC_CALL_TOTALS_H */
