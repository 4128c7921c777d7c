/* SPDX-License-Identifier: MIT */
/* where.h - where keys may be; see where.c. All with the lock. */
#ifndef STATIC_CALL_WHERE_H
#define STATIC_CALL_WHERE_H

#include "state.h"

#pragma GCC visibility push(hidden)

/* B: before the pointers are read; between the two, scrt_sync_cores(). */
void scrt_where_add_module(struct scrt_state *s, const struct scrt_module *m);

/* One key, be it that no module calls through it. */
void scrt_where_add_key(struct scrt_state *s, uintptr_t key);

#pragma GCC visibility pop

#endif /* STATIC_CALL_WHERE_H */
