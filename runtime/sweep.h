/* SPDX-License-Identifier: MIT */
/* sweep.h - most sites of a module change at once; see sweep.c. */
#ifndef STATIC_CALL_SWEEP_H
#define STATIC_CALL_SWEEP_H

#include "state.h"

#pragma GCC visibility push(hidden)

/*
 * As scrt_sites_check() and scrt_sites_move(), for pending records of the module, from where
 * they are to where they shall be, or back. Those for which it is done, without an error, have
 * SCRT_RECORD_SWEPT; the others are to be done one by one.
 */
void scrt_sweep_check(struct scrt_module *m, bool forward);
void scrt_sweep_move(struct scrt_module *m, bool forward);

/* Only: is there one that has to change, forward? If not, those without SCRT_RECORD_SWEPT may have. */
bool scrt_sweep_any(struct scrt_module *m);

#pragma GCC visibility pop

#endif /* STATIC_CALL_SWEEP_H */
