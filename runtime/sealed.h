/* SPDX-License-Identifier: MIT */
/* sealed.h - which keys are sealed; see sealed.c. */
#ifndef STATIC_CALL_SEALED_H
#define STATIC_CALL_SEALED_H

#include "state.h"

#pragma GCC visibility push(hidden)

/* The first sealed key in [first, last], or NULL. The lock is held, as for all below. */
const struct scrt_seal *scrt_sealed_in(const struct scrt_state *s, uintptr_t first, uintptr_t last);

/* This key, or NULL. */
static inline const struct scrt_seal *scrt_sealed(const struct scrt_state *s, uintptr_t key)
{
	return scrt_sealed_in(s, key, key);
}

/* The first sealed key in [first, last] that holds something else by now, or NULL. */
const struct scrt_seal *scrt_sealed_broken(const struct scrt_state *s, uintptr_t first,
					   uintptr_t last);

/* 0 or -ENOMEM. The key is not sealed yet. */
int scrt_sealed_add(struct scrt_state *s, const struct scrt_seal *seal);

/* The keys in [first, last] are not sealed any more: their memory is not theirs. */
void scrt_sealed_drop(struct scrt_state *s, uintptr_t first, uintptr_t last);

#pragma GCC visibility pop

#endif /* STATIC_CALL_SEALED_H */
