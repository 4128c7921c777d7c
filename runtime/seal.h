/* SPDX-License-Identifier: MIT */
/* seal.h - keys are sealed; see seal.c. All with the lock. */
#ifndef STATIC_CALL_SEAL_H
#define STATIC_CALL_SEAL_H

#include "state.h"

#pragma GCC visibility push(hidden)

/*
 * A module has come to the registry, or is about to leave it: mark its records of sealed keys,
 * drop the seals of memory that is not what it was.
 */
void scrt_seal_register(struct scrt_state *s, struct scrt_module *m);
void scrt_seal_unregister(struct scrt_state *s, const struct scrt_module *m);

/* Seal all keys in [lo, hi) that modules call through: the system writes there no more. */
void scrt_seal_range(struct scrt_state *s, uintptr_t lo, uintptr_t hi);

#pragma GCC visibility pop

#endif /* STATIC_CALL_SEAL_H */
