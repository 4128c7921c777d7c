// SPDX-License-Identifier: MIT
/*
 * sealed.c - which keys are sealed: a list of addresses, for a key may be sealed before any
 * module that calls through it is there.
 *
 * E: a new list is complete before it is the list; a forked child has one or the other.
 */
#include "port.h"
#include "registry.h"
#include "sealed.h"

const struct scrt_seal *scrt_sealed_in(const struct scrt_state *s, uintptr_t first, uintptr_t last)
{
	const struct scrt_seals *list = s->seals;
	size_t lo = 0, hi = list ? list->n : 0;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (list->seals[mid].key < first)
			lo = mid + 1;
		else
			hi = mid;
	}
	return list && lo < list->n && list->seals[lo].key <= last ? &list->seals[lo] : NULL;
}

/* Of a key that no module has, nobody says when its memory goes. */
static bool sealed_is_there(const struct scrt_registry *reg, uintptr_t key)
{
	size_t i = reg ? scrt_lookup(reg, key) : 0;

	return (reg && i < reg->nrefs && reg->refs[i].key == key) || scrt_readable(key) > 0;
}

const struct scrt_seal *scrt_sealed_broken(const struct scrt_state *s, uintptr_t first,
					   uintptr_t last)
{
	const struct scrt_seal *seal = scrt_sealed_in(s, first, last);

	for (; seal && seal < s->seals->seals + s->seals->n && seal->key <= last; seal++)
		if (sealed_is_there(s->registry, seal->key) &&
		    scrt_key_read(seal->key) != seal->target)
			return seal;
	return NULL;
}

static struct scrt_seals *sealed_alloc(size_t n)
{
	size_t bytes = sizeof(struct scrt_seals) + n * sizeof(struct scrt_seal);
	struct scrt_seals *list = scrt_alloc(bytes);

	if (!list)
		return NULL;
	list->bytes = bytes;
	list->n = n;
	return list;
}

static void sealed_publish(struct scrt_state *s, struct scrt_seals *list)
{
	struct scrt_seals *old = s->seals;

	scrt_publish(&s->seals, list);
	if (old)
		scrt_free(old, old->bytes);
}

int scrt_sealed_add(struct scrt_state *s, const struct scrt_seal *seal)
{
	const struct scrt_seals *old = s->seals;
	size_t n = old ? old->n : 0, i;
	struct scrt_seals *list = sealed_alloc(n + 1);

	if (!list)
		return -ENOMEM;
	for (i = 0; i < n && old->seals[i].key < seal->key; i++)
		list->seals[i] = old->seals[i];
	list->seals[i] = *seal;
	for (; i < n; i++)
		list->seals[i + 1] = old->seals[i];
	sealed_publish(s, list);
	return 0;
}

/* Without memory for a new list the old one is changed: only a fork would mind. */
void scrt_sealed_drop(struct scrt_state *s, uintptr_t first, uintptr_t last)
{
	struct scrt_seals *old = s->seals, *list;
	size_t n = 0, i;

	if (!scrt_sealed_in(s, first, last))
		return;
	for (i = 0; i < old->n; i++)
		n += old->seals[i].key < first || old->seals[i].key > last;
	list = n ? sealed_alloc(n) : NULL;
	if (n && !list)
		list = old;
	n = 0;
	for (i = 0; i < old->n; i++)
		if (old->seals[i].key < first || old->seals[i].key > last)
			list->seals[n++] = old->seals[i];
	if (list)
		list->n = n;
	if (list != old)
		sealed_publish(s, list);
}
