// SPDX-License-Identifier: MIT
/*
 * seal.c - keys are sealed: they hold what they hold until their memory goes.
 *
 * A sealed key is known by its address (sealed.c), and each record of it is marked, so
 * that its sites may have forms that nothing can follow: marked before a transaction
 * brings them there from the key's target, which they lead to.
 *
 * E: the list of sealed keys comes before the marks, and these before the sites: a child
 * that is forked in between has a sealed key whose sites lead to its target in either form.
 */
#include "enter.h"
#include "follow.h"
#include "port.h"
#include "registry.h"
#include "seal.h"
#include "sealed.h"
#include "txn.h"
#include "where.h"

/* Let the sites of a sealed key have their best forms. If that fails they stay as they are. */
static void seal_improve(struct scrt_state *s, uintptr_t key, uintptr_t target)
{
	struct scrt_txn t = { .state = s };

	scrt_registry_flag(s->registry, key, SCRT_RECORD_SEALED, true);
	scrt_txn_add_key(&t, key, target);
	scrt_txn_run(&t, true);
	scrt_txn_finish(&t);
}

static int seal_key(struct scrt_state *s, uintptr_t key, int why)
{
	struct scrt_seal seal = { .key = key, .why = why };
	int err;

	if (scrt_sealed(s, key))
		return 0;
	err = scrt_follow(s, key, key, false);
	if (err)
		return err;
	seal.target = scrt_key_read(key);
	err = scrt_sealed_add(s, &seal);
	if (!err)
		seal_improve(s, key, seal.target);
	return err;
}

int static_call_key_rt_seal(void *key)
{
	uintptr_t at = (uintptr_t)key;
	struct scrt_state *s;
	int err;

	if (!key || at % sizeof(uintptr_t))
		return -EINVAL;
	/* What is no memory faults here, and not with the lock. */
	scrt_key_read(at);
	err = scrt_enter(&s);
	if (err)
		return err;
	/* Stores to it are to be noticed, though no site may follow them yet. */
	scrt_where_add_key(s, at);
	scrt_sync_cores(s);
	err = seal_key(s, at, -EPERM);
	scrt_leave(s);
	return err;
}

void scrt_seal_range(struct scrt_state *s, uintptr_t lo, uintptr_t hi)
{
	size_t i;

	for (i = s->registry ? scrt_lookup(s->registry, lo) : 0;
	     s->registry && i < s->registry->nrefs && s->registry->refs[i].key < hi; i++)
		seal_key(s, s->registry->refs[i].key, -EACCES);
}

static const struct static_call_key_object *seal_objects(const struct scrt_module *m, size_t *n)
{
	*n = (m->desc->objects_stop - m->desc->objects_start) / STATIC_CALL_KEY_OBJECT_SIZE;
	return (const struct static_call_key_object *)(uintptr_t)m->desc->objects_start;
}

/*
 * The variables of a module that has come. If a sealed key of them does not hold its target,
 * it is another one: its memory was that of something that went unnoticed.
 */
static void seal_drop_others(struct scrt_state *s, const struct scrt_module *m)
{
	const struct static_call_key_object *o;
	const struct scrt_seal *broken;
	size_t n, i;

	o = seal_objects(m, &n);
	for (i = 0; i < n; i++)
		while (o[i].size &&
		       (broken = scrt_sealed_broken(s, o[i].address, o[i].address + o[i].size - 1)))
			scrt_sealed_drop(s, broken->key, broken->key);
}

void scrt_seal_register(struct scrt_state *s, struct scrt_module *m)
{
	uint32_t i;

	seal_drop_others(s, m);
	for (i = 0; i < m->nrecords; i++) {
		uintptr_t key = m->records[i].key;

		if (!scrt_is_indexed(m, i))
			continue;
		if (!scrt_sealed(s, key) && scrt_key_is_read_only(key))
			seal_key(s, key, -EACCES);
		else if (scrt_sealed(s, key))
			m->state[i].flags |= SCRT_RECORD_SEALED;
	}
}

void scrt_seal_unregister(struct scrt_state *s, const struct scrt_module *m)
{
	const struct static_call_key_object *o;
	size_t n, i;

	o = seal_objects(m, &n);
	for (i = 0; i < n; i++)
		if (o[i].size)
			scrt_sealed_drop(s, o[i].address, o[i].address + o[i].size - 1);
}
