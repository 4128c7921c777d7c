/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The keys that calls of this unit go through. */
#ifndef STATIC_CALL_MODEL_CALLS_H
#define STATIC_CALL_MODEL_CALLS_H

#include "model/refs.h"

struct sck_key {
	tree var;                   /* the VAR_DECL that the pointer lies in */
	HOST_WIDE_INT offset;       /* bytes into it */
	tree fntype;                /* of the calls */
	bool chain;                 /* they pass a static chain */
	tree trampoline;            /* FUNCTION_DECL: external, hidden */
	const char *symbol;         /* what its symbols' names end in */
	const char *path;           /* as the source spells it */
	unsigned int flags;         /* of its record */
	bool limited;               /* calls have a clobber set: */
	uint64_t clobbers[2];       /* the record's */
	int scratch;                /* what the trampoline may use, or -1 */
	bool local;                 /* its symbols are not shared with other objects */
	enum indirect_branch thunk; /* the most that a caller asks of indirect jumps */
	bool wanted;                /* -flto: its trampoline and record were written */
	bool used;                  /* its trampoline is called */
	unsigned int sites;
};

struct sck_key *sck_key_get(const struct sck_ref *ref, tree fntype, bool chain);
struct sck_key *sck_key_of_trampoline(tree decl);
unsigned int sck_key_count(void);
struct sck_key *sck_key_nth(unsigned int n);
tree sck_not_constant(tree fntype);
const char *sck_unit_suffix(void);
void sck_preserve_all(void);
bool sck_register_is_kept(unsigned int regno);

#endif /* STATIC_CALL_MODEL_CALLS_H */
