/* SPDX-License-Identifier: MIT */
/* blocks.h - code for learned calls, and the sites that lead there; see blocks.c. */
#ifndef STATIC_CALL_BLOCKS_H
#define STATIC_CALL_BLOCKS_H

#include "learn.h"

#if SCRT_PORT_DYNAMIC

#pragma GCC visibility push(hidden)

/* Let n blocks be written: 0 or an error. Then close it, which may not fail either. */
int scrt_blocks_open(struct scrt_dynamic *d, size_t n);
int scrt_blocks_close(struct scrt_dynamic *d);

/*
 * The block of this slot that compares with these n targets, at worst a new one; with none: a
 * jump of its own. 0: there is no room.
 */
uint32_t scrt_block_make(struct scrt_dynamic *d, struct scrt_slot *slot, const uintptr_t *target,
			 unsigned int n);

/* The block for calls like this one that have this target alone, which calls share; or 0. */
uint32_t scrt_block_single(struct scrt_dynamic *d, const struct scrt_slot *slot, uintptr_t target);

/* Is this such a block? It sends all misses to be counted. */
bool scrt_block_single_has(const struct scrt_dynamic *d, uint32_t block);

/* May sites of this slot hold the jump to %r10 themselves? */
bool scrt_blocks_may_jump(const struct scrt_dynamic *d, const struct scrt_slot *slot);

/* The block that was made for the slot before this one; 0: none was. */
uint32_t scrt_block_older(const struct scrt_dynamic *d, uint32_t block);

/* What a block compares with; how many these are. */
unsigned int scrt_block_targets(const struct scrt_dynamic *d, uint32_t block,
				uintptr_t target[SCRT_BLOCK_TARGETS]);

/* Is this function where all blocks of the module can jump to directly? */
bool scrt_block_reaches(const struct scrt_dynamic *d, uintptr_t target);

/*
 * Lead the sites of all slots that have .next there, and let the slots say so. 0, or the error
 * that kept all of them from it.
 */
int scrt_blocks_lead(struct scrt_dynamic *d);

#pragma GCC visibility pop

#endif /* SCRT_PORT_DYNAMIC */

#endif /* STATIC_CALL_BLOCKS_H */
