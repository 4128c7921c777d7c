/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the two passes over guards share. */
#ifndef STATIC_CALL_GIMPLE_GUARD_H
#define STATIC_CALL_GIMPLE_GUARD_H

#include "model/likely.h"
#include "model/report.h"

/*
 * guard-asm.c: the statement that is a guard,
 *
 *	asm goto ("jmp %l[slow]" : : "i" (trampoline), "i" (&function 1), ... : : slow, 2, ...)
 *
 * which ends its block. It falls through to what stands for the call of the first function;
 * further labels lead to that of the others. A function is given by a constant that
 * holds its address, as it may have no address that a table of a shared object can hold;
 * NULL by 0.
 */
tree sck_guard_trampoline(const gimple *stmt);
void sck_guard_keep(tree fn);
void sck_guard_release_kept(void);
tree sck_guard_value(tree target);
tree sck_guard_value_of(const gasm *guard, unsigned int n);
gasm *sck_guard_build(tree trampoline, basic_block slow, const tree *values,
		      const basic_block *fast, unsigned int count, location_t loc);
unsigned int sck_guard_count(const gasm *guard);
tree sck_guard_target(const gasm *guard, unsigned int n);
basic_block sck_guard_fast(const gasm *guard, unsigned int n);
basic_block sck_guard_slow(const gasm *guard);

/* guard-copy.c */
tree sck_guard_copy(tree fn);

/* guard-choose.c */
enum sck_guarded sck_guard_choose(cgraph_node *caller, gcall *call, const struct sck_key *key,
				  struct sck_likely *likely);

#endif /* STATIC_CALL_GIMPLE_GUARD_H */
