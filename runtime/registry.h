/* SPDX-License-Identifier: MIT */
/* registry.h - all modules, and their keys; see registry.c. */
#ifndef STATIC_CALL_REGISTRY_H
#define STATIC_CALL_REGISTRY_H

#include "state.h"

#pragma GCC visibility push(hidden)

/* Has this record an address and sites, so that the registry has a reference to it? */
static inline bool scrt_is_indexed(const struct scrt_module *m, uint32_t record)
{
	return m->records[record].key >= STATIC_CALL_KEY_LOWEST &&
	       m->state[record].first != m->state[record + 1].first;
}

/*
 * Prelinked, and moved by a tool since: the tables lead to where the code was, and nothing can
 * follow the key. 0 if this is not so, or the key holds what it was prelinked for.
 */
static inline int scrt_ref_stuck(const struct scrt_ref *ref, uintptr_t target)
{
	const struct scrt_record *r = &ref->module->state[ref->record];

	return ref->module->why == -ESTALE && r->flags & SCRT_RECORD_PRELINKED && target != r->file
		       ? -ESTALE
		       : 0;
}

/* The first of refs[] with a key that is not below this address. */
size_t scrt_lookup(const struct scrt_registry *reg, uintptr_t key);

/* How many sites the key has in all modules. */
size_t scrt_registry_sites(const struct scrt_registry *reg, uintptr_t key);

/* Its name, as the first module that calls through it has it; or NULL. */
const char *scrt_registry_name(const struct scrt_registry *reg, uintptr_t key);

/* Set or clear a flag, SCRT_RECORD_..., of all records of the key. */
void scrt_registry_flag(const struct scrt_registry *reg, uintptr_t key, uint32_t flag, bool set);

/* The body of a function, as modules tell it; 0: they tell none that fits into a site. */
uint64_t scrt_registry_body(const struct scrt_registry *reg, uintptr_t target);

/* Does this module tell of any? */
bool scrt_has_bodies(const struct scrt_module *m);

/* 0 or -ENOMEM. */
int scrt_registry_add(struct scrt_state *s, struct scrt_module *m);

/* Without memory for a new registry the old one is changed: only a fork would mind. */
void scrt_registry_remove(struct scrt_state *s, struct scrt_module *m);

#pragma GCC visibility pop

#endif /* STATIC_CALL_REGISTRY_H */
