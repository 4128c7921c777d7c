// SPDX-License-Identifier: MIT
/*
 * follow.c - keys that somebody has stored to: their sites follow.
 */
#include "follow.h"
#include "order.h"
#include "port.h"
#include "registry.h"
#include "sealed.h"
#include "sites.h"
#include "targets.h"
#include "totals.h"
#include "txn.h"

/* May the keys in [first, last] hold what they hold? */
static int follow_check(const struct scrt_state *s, uintptr_t first, uintptr_t last)
{
	const struct scrt_registry *reg = s->registry;
	size_t i;
	int err;

	if (scrt_sealed_broken(s, first, last))
		return -EPERM;
	for (i = reg ? scrt_lookup(reg, first) : 0;
	     reg && i < reg->nrefs && reg->refs[i].key <= last; i++) {
		uintptr_t target = scrt_key_read(reg->refs[i].key);

		if (target == reg->refs[i].module->state[reg->refs[i].record].cur)
			continue;
		err = scrt_ref_stuck(&reg->refs[i], target);
		if (err)
			return err;
		err = scrt_target_check(reg, &reg->refs[i], target);
		if (err)
			return err;
	}
	return 0;
}

static void follow_tell(const struct scrt_state *s, const struct scrt_ref *ref, uintptr_t target)
{
	scrt_log_update(s, scrt_name(ref->module, ref->record), target, 0);
	if (scrt_probed())
		scrt_probe_update(ref->key, ref->module->state[ref->record].cur, target,
				  scrt_registry_sites(s->registry, ref->key),
				  scrt_name(ref->module, ref->record));
}

int scrt_follow(struct scrt_state *s, uintptr_t first, uintptr_t last, bool forward)
{
	const struct scrt_registry *reg = s->registry;
	struct scrt_txn t = { .state = s };
	uintptr_t told = 0;
	size_t i;
	int err;

	err = follow_check(s, first, last);
	if (err || !reg)
		return err;
	for (i = scrt_lookup(reg, first); i < reg->nrefs && reg->refs[i].key <= last; i++) {
		const struct scrt_ref *ref = &reg->refs[i];
		uintptr_t target = scrt_key_read(ref->key);

		/* Once more: a store since then has a resync of its own to come. */
		if (target != ref->module->state[ref->record].cur &&
		    !(ref->module->state[ref->record].flags & SCRT_RECORD_SEALED) &&
		    !scrt_ref_stuck(ref, target) && !scrt_target_check(reg, ref, target)) {
			if (!ref->module->degraded)
				ref->module->state[ref->record].flags |= SCRT_RECORD_CHANGED;
			scrt_txn_add(&t, ref->module, ref->record, target);
			if (ref->key != told)
				follow_tell(s, ref, target);
			told = ref->key;
		}
	}
	err = scrt_txn_run(&t, forward);
	scrt_txn_finish(&t);
	if (told)
		scrt_totals_update(s, err);
	if (told && scrt_probed())
		scrt_probe_done(err);
	return err;
}

/* The first key in [first, last] with a site that calls what it should not. */
static const struct scrt_ref *follow_find_stale(struct scrt_state *s, uintptr_t first,
						uintptr_t last)
{
	const struct scrt_registry *reg = s->registry;
	size_t i;

	for (i = scrt_lookup(reg, first); i < reg->nrefs && reg->refs[i].key <= last; i++) {
		const struct scrt_ref *ref = &reg->refs[i];
		struct scrt_range all = scrt_order_of(ref->module, ref->record);
		uintptr_t target = scrt_key_read(ref->key);

		for (; all.k < all.end; all.k++) {
			struct static_call_key_site_info info;

			scrt_site_info(ref->module, ref->record, all.k, target, &info);
			if (info.flags & STATIC_CALL_KEY_SITE_INFO_STALE)
				return ref;
		}
	}
	return NULL;
}

int scrt_follow_best(struct scrt_state *s, uintptr_t first, uintptr_t last)
{
	const struct scrt_registry *reg = s->registry;
	int err = scrt_follow(s, first, last, true);
	size_t i;

	if (!err || !reg)
		return err;
	for (i = scrt_lookup(reg, first); i < reg->nrefs && reg->refs[i].key <= last; i++)
		scrt_follow(s, reg->refs[i].key, reg->refs[i].key, true);
	return err;
}

void scrt_stop_if_stale(struct scrt_state *s, uintptr_t first, uintptr_t last, int err)
{
	const struct scrt_ref *stale = s->registry ? follow_find_stale(s, first, last) : NULL;

	if (stale)
		scrt_fatal(s, scrt_name(stale->module, stale->record), err);
}

void scrt_follow_or_stop(struct scrt_state *s, uintptr_t first, uintptr_t last)
{
	const struct scrt_seal *broken;
	int err = scrt_follow_best(s, first, last);

	if (!err)
		return;
	broken = scrt_sealed_broken(s, first, last);
	if (broken) {
		scrt_fatal(s, scrt_registry_name(s->registry, broken->key), -EROFS);
		return;
	}
	scrt_stop_if_stale(s, first, last, err);
}
