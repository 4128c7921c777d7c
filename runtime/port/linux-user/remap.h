/* SPDX-License-Identifier: MIT */
/* remap.h - text that is replaced instead of being written to; see remap.c. */
#ifndef STATIC_CALL_REMAP_H
#define STATIC_CALL_REMAP_H

#include "state.h"

#pragma GCC visibility push(hidden)

/* Does the program want text that is never writable? */
bool scrt_program_remaps(void);

/* Is text replaced? As it was set when the state was found; before, as the program wants. */
bool scrt_remaps(void);
void scrt_remap_set(bool on);

/* As scrt_text_open() and scrt_text_close(). */
int scrt_remap_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi);
int scrt_remap_close(struct scrt_module *m);

#pragma GCC visibility pop

#endif /* STATIC_CALL_REMAP_H */
