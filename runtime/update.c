// SPDX-License-Identifier: MIT
/*
 * update.c - keys and their sites change together.
 */
#include "port.h"
#include "registry.h"
#include "sealed.h"
#include "targets.h"
#include "totals.h"
#include "txn.h"
#include "update.h"

/* May the keys hold what an update wants them to? */
static int update_check(const struct scrt_state *s, const struct static_call_key_change *changes,
			size_t n)
{
	const struct scrt_registry *reg = s->registry;
	size_t c, i;
	int err;

	for (c = 0; c < n; c++) {
		uintptr_t key = (uintptr_t)changes[c].key;
		const struct scrt_seal *seal = scrt_sealed(s, key);

		if (seal)
			return seal->why;
		if (!reg)
			continue;
		for (i = scrt_lookup(reg, key); i < reg->nrefs && reg->refs[i].key == key; i++) {
			err = scrt_ref_stuck(&reg->refs[i], (uintptr_t)changes[c].fn);
			if (!err)
				err = scrt_target_check(reg, &reg->refs[i],
							(uintptr_t)changes[c].fn);
			if (err)
				return err;
		}
	}
	return 0;
}

static void update_tell(struct scrt_state *s, const struct static_call_key_change *changes,
			size_t n, int err)
{
	size_t c;

	scrt_totals_update(s, err);
	for (c = 0; c < n && s->log; c++)
		scrt_log_update(s, scrt_registry_name(s->registry, (uintptr_t)changes[c].key),
				(uintptr_t)changes[c].fn, err);
	if (scrt_probed())
		scrt_probe_done(err);
}

static void update_probe(const struct scrt_state *s, const struct static_call_key_change *changes,
			 size_t n)
{
	size_t c;

	for (c = 0; c < n; c++) {
		uintptr_t key = (uintptr_t)changes[c].key;

		scrt_probe_update(key, scrt_key_read(key), (uintptr_t)changes[c].fn,
				  scrt_registry_sites(s->registry, key),
				  scrt_registry_name(s->registry, key));
	}
}

int scrt_update(struct scrt_state *s, const struct static_call_key_change *changes, size_t n)
{
	struct scrt_txn t = { .state = s };
	size_t c;
	int err;

	err = update_check(s, changes, n);
	if (err) {
		update_tell(s, changes, n, err);
		return err;
	}
	if (scrt_probed())
		update_probe(s, changes, n);
	for (c = 0; c < n; c++)
		scrt_txn_add_key(&t, (uintptr_t)changes[c].key, (uintptr_t)changes[c].fn);
	err = scrt_txn_run(&t, false);
	/* D: all sites have changed by now; who reads the key finds a complete target. */
	for (c = 0; c < n && !err; c++)
		__atomic_store_n((scrt_word *)changes[c].key, (uintptr_t)changes[c].fn,
				 __ATOMIC_RELEASE);
	scrt_txn_finish(&t);
	update_tell(s, changes, n, err);
	return err;
}
