/* SPDX-License-Identifier: MIT */
/* learned.h - what was counted is made use of; see learned.c. */
#ifndef STATIC_CALL_LEARNED_H
#define STATIC_CALL_LEARNED_H

#include "learn.h"

#if SCRT_PORT_DYNAMIC

#pragma GCC visibility push(hidden)

/* A slot that has been called so often may be decided, */
#define SCRT_LEARN_RIPE   64u
/* ... and now and then when it has been, asks for a switch: powers of 2. */
#define SCRT_LEARN_HOT    1024u
#define SCRT_LEARN_LONG   16384u
/* A target that has less than this share of the calls is not worth a comparison: 1/32. */
#define SCRT_LEARN_SHARE  32u
/* The same of one whose site does not lead where it should. */
#define SCRT_LEARN_STRAYS 16384u
/* As static_call_dynamic_learn() and _freeze() decide. */
#define SCRT_LEARN_LEAST  16u

/*
 * Is a switch worth its cost now that this slot was called so often, or (0) its budget is used
 * up? If not, budgets are lengthened. Without the lock.
 */
bool scrt_learned_is_due(struct scrt_dynamic *d, struct scrt_slot *slot, uint32_t calls);

/*
 * Decide all slots that are ripe, and this one, if it is learned: it begins anew, or if its
 * site did not follow, that follows. With the lock, as all that comes.
 */
void scrt_learned_switch(struct scrt_dynamic *d, struct scrt_slot *slot);

/* Decide all slots that have been called so often. */
void scrt_learned_decide(struct scrt_dynamic *d, uint32_t least);

/* Begin anew where nothing was learned but might be, and with the shortest budgets where something was. */
void scrt_learned_wake(struct scrt_dynamic *d);

/* Let all sites be as they were linked. 0 or an error. */
int scrt_learned_undo(struct scrt_dynamic *d);

/* In a forked child: close windows that a thread of the parent had open. */
void scrt_learned_recover(struct scrt_dynamic *d);

#pragma GCC visibility pop

#endif /* SCRT_PORT_DYNAMIC */

#endif /* STATIC_CALL_LEARNED_H */
