/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a key most likely holds. */
#ifndef STATIC_CALL_MODEL_LIKELY_H
#define STATIC_CALL_MODEL_LIKELY_H

#include "static_call_abi.h"
#include "model/options.h"
#include "model/calls.h"

/* On a declaration that has a tag: functions that are to be inlined where it is called. */
#define SCK_INLINE "static_call_key_inline"

struct sck_likely {
	bool named;                                   /* by the user */
	unsigned int count;                           /* 0: nothing is known */
	tree target[STATIC_CALL_KEY_GUARD_MAX];       /* functions; null_pointer_node: NULL */
	gcov_type counted[STATIC_CALL_KEY_GUARD_MAX]; /* how often it was, of all; */
	gcov_type all;                                /* 0: nobody has counted */
};

void sck_note_stored(tree lhs, tree value);
void sck_note_updated(tree key, tree value);
void sck_find_likely(const struct sck_key *key, bool tested, struct sck_likely *likely);

/*
 * How many functions a guard may tell of. A jump label of the kernel leads to one place, or on,
 * and objtool knows no other jumps that may be no-ops.
 */
static inline unsigned int sck_guard_most(void)
{
	return sck_options.kernel_module || sck_options.kernel_builtin ? 1
								       : STATIC_CALL_KEY_GUARD_MAX;
}

#endif /* STATIC_CALL_MODEL_LIKELY_H */
