/* SPDX-License-Identifier: MIT */
/* targets.h - which targets a key may hold; see targets.c. */
#ifndef STATIC_CALL_TARGETS_H
#define STATIC_CALL_TARGETS_H

#include "state.h"

#pragma GCC visibility push(hidden)

/* Are the entries of the module's table of targets as this runtime knows them? */
bool scrt_targets_ok(const struct static_call_key_module *d);

/*
 * May the key of this record hold this target? 0, or -EOPNOTSUPP: its calls keep
 * values in registers, and no registered module says that the target keeps them.
 */
int scrt_target_check(const struct scrt_registry *reg, const struct scrt_ref *ref,
		      uintptr_t target);

#pragma GCC visibility pop

#endif /* STATIC_CALL_TARGETS_H */
