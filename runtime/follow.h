/* SPDX-License-Identifier: MIT */
/* follow.h - the sites of keys follow; see follow.c. All with the lock. */
#ifndef STATIC_CALL_FOLLOW_H
#define STATIC_CALL_FOLLOW_H

#include "state.h"

#pragma GCC visibility push(hidden)

/*
 * Bring the sites of the keys in [first, last] to what these hold. 0, or an error: then no
 * site has changed, or if forward, perhaps some.
 */
int scrt_follow(struct scrt_state *s, uintptr_t first, uintptr_t last, bool forward);

/*
 * The same for callers that want as much as is possible: where the keys cannot be brought
 * up to date together, one by one. The error is that of all together.
 */
int scrt_follow_best(struct scrt_state *s, uintptr_t first, uintptr_t last);

/*
 * The same for a store, which cannot be told of an error: if a site then calls what it
 * should not, scrt_fatal().
 */
void scrt_follow_or_stop(struct scrt_state *s, uintptr_t first, uintptr_t last);

/* After such an error: if a site calls what it should not, scrt_fatal(). */
void scrt_stop_if_stale(struct scrt_state *s, uintptr_t first, uintptr_t last, int err);

#pragma GCC visibility pop

#endif /* STATIC_CALL_FOLLOW_H */
