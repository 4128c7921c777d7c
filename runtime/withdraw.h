/* SPDX-License-Identifier: MIT */
/* withdraw.h - prelinked sites of a module that is not registered; see withdraw.c. */
#ifndef STATIC_CALL_WITHDRAW_H
#define STATIC_CALL_WITHDRAW_H

#include "state.h"

#pragma GCC visibility push(hidden)

/*
 * Let all prelinked sites of a module go their long way, as linked. 0; or -EINVAL: its tables
 * cannot be read; or what the system said when the text was to be made writable.
 */
int scrt_withdraw(struct static_call_key_module *desc);

/*
 * After an error of that: is there a key in [first, last] that its sites do not follow? Then
 * scrt_fatal().
 */
void scrt_withdraw_or_stop(const struct static_call_key_module *desc, uintptr_t first,
			   uintptr_t last, int err);

#pragma GCC visibility pop

#endif /* STATIC_CALL_WITHDRAW_H */
