/* SPDX-License-Identifier: MIT */
/* offers.h - functions that are offered to keys; see offers.c. With the lock. */
#ifndef STATIC_CALL_OFFERS_H
#define STATIC_CALL_OFFERS_H

#include "state.h"

#pragma GCC visibility push(hidden)

/* An offer of a registered module; before the first one: module NULL. */
struct scrt_offer_place {
	const struct scrt_module *module;
	uint64_t serial; /* the module's, which may be gone */
	size_t index;
	int32_t priority;
};

/* Are all entries of the table, whose bounds are right, as they have to be? */
bool scrt_offers_ok(const struct static_call_key_module *d);

/*
 * The best offer to this key that is not as good as the one at *place, which then is the place
 * of that one; or NULL. Of the best name only, if that is not NULL.
 */
const struct static_call_key_offer *scrt_offer_next(const struct scrt_registry *reg, uintptr_t key,
						    const char *name,
						    struct scrt_offer_place *place);

/* The lowest key from this address on to which something is offered; 0: none. */
uintptr_t scrt_offer_key(const struct scrt_registry *reg, uintptr_t from);

/* Does this module offer the function to the key? */
bool scrt_offer_has(const struct static_call_key_module *d, uintptr_t key, uintptr_t target);

/* The number of a module's offers, and one of them. */
size_t scrt_offer_count(const struct static_call_key_module *d);
const struct static_call_key_offer *scrt_offer_at(const struct static_call_key_module *d, size_t i);

/* Does an earlier offer of the module go to the same key as its number i? */
bool scrt_offer_repeats(const struct static_call_key_module *d, size_t i);

/* The name that STATIC_CALL of the environment forces on a key of this name; or NULL. */
const char *scrt_offer_forced(const struct scrt_state *s, const char *key_name);

/* The keys of the module that has come, or of the one that has gone, are looked after. */
void scrt_choices_add(struct scrt_state *s, const struct static_call_key_module *d);
void scrt_choices_drop(struct scrt_state *s);

/* What is known of a key that something is offered to, or NULL. */
struct scrt_choice *scrt_choice_find(const struct scrt_state *s, uintptr_t key);

#pragma GCC visibility pop

#endif /* STATIC_CALL_OFFERS_H */
