/* SPDX-License-Identifier: MIT */
/* update.h - keys and their sites change together; see update.c. */
#ifndef STATIC_CALL_UPDATE_H
#define STATIC_CALL_UPDATE_H

#include "state.h"

#pragma GCC visibility push(hidden)

/*
 * Let the keys hold what is wanted and their sites lead there: all, or none and an error.
 * Keys are aligned, and can be written to; the lock is held.
 */
int scrt_update(struct scrt_state *s, const struct static_call_key_change *changes, size_t n);

#pragma GCC visibility pop

#endif /* STATIC_CALL_UPDATE_H */
