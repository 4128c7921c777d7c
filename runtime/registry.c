// SPDX-License-Identifier: MIT
/*
 * registry.c - all modules, which of them calls through which key, and which functions they
 * have that may stand in a site.
 */
#include "port.h"
#include "registry.h"
#include "x86_64-body.h"

/* The first of n references, in ascending order, that is not below this address. */
static size_t registry_first(const struct scrt_ref *refs, size_t n, uintptr_t address)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (refs[mid].key < address)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

size_t scrt_registry_sites(const struct scrt_registry *reg, uintptr_t key)
{
	size_t i, n = 0;

	for (i = reg ? scrt_lookup(reg, key) : 0; reg && i < reg->nrefs && reg->refs[i].key == key;
	     i++) {
		const struct scrt_record *r = &reg->refs[i].module->state[reg->refs[i].record];

		n += r[1].first - r[0].first;
	}
	return n;
}

const char *scrt_registry_name(const struct scrt_registry *reg, uintptr_t key)
{
	size_t i = reg ? scrt_lookup(reg, key) : 0;

	return reg && i < reg->nrefs && reg->refs[i].key == key
		       ? scrt_name(reg->refs[i].module, reg->refs[i].record)
		       : NULL;
}

void scrt_registry_flag(const struct scrt_registry *reg, uintptr_t key, uint32_t flag, bool set)
{
	size_t i;

	for (i = reg ? scrt_lookup(reg, key) : 0; reg && i < reg->nrefs && reg->refs[i].key == key;
	     i++) {
		struct scrt_record *r = &reg->refs[i].module->state[reg->refs[i].record];

		scrt_publish(&r->flags, set ? r->flags | flag : r->flags & ~flag);
	}
}

size_t scrt_lookup(const struct scrt_registry *reg, uintptr_t key)
{
	return registry_first(reg->refs, reg->nrefs, key);
}

/* ---- bodies ---- */

static size_t registry_body_count(const struct scrt_module *m)
{
	if (!SCRT_PORT_BODIES)
		return 0;
	return (m->desc->bodies_stop - m->desc->bodies_start) / STATIC_CALL_KEY_BODY_SIZE;
}

static const struct static_call_key_body *registry_body(const struct scrt_module *m, size_t n)
{
	return (const struct static_call_key_body *)(uintptr_t)m->desc->bodies_start + n;
}

static uint64_t registry_body_word(const struct static_call_key_body *b)
{
	return scrt_body_of(b->code, b->length);
}

uint64_t scrt_registry_body(const struct scrt_registry *reg, uintptr_t target)
{
	size_t i = reg && target ? registry_first(reg->bodies, reg->nbodies, target) : 0;

	if (!reg || !target || i == reg->nbodies || reg->bodies[i].key != target)
		return 0;
	return registry_body_word(registry_body(reg->bodies[i].module, reg->bodies[i].record));
}

bool scrt_has_bodies(const struct scrt_module *m)
{
	return registry_body_count(m) != 0;
}

/* ---- a registry is made ---- */

static struct scrt_registry *registry_alloc(size_t nmodules, size_t nrefs, size_t nbodies)
{
	size_t bytes = sizeof(struct scrt_registry) + nmodules * sizeof(struct scrt_module *) +
		       (nrefs + nbodies) * sizeof(struct scrt_ref);
	struct scrt_registry *reg = scrt_alloc(bytes);

	if (!reg)
		return NULL;
	reg->bytes = bytes;
	reg->nmodules = nmodules;
	reg->nrefs = nrefs;
	reg->nbodies = nbodies;
	reg->modules = (struct scrt_module **)(reg + 1);
	reg->refs = (struct scrt_ref *)(reg->modules + nmodules);
	reg->bodies = reg->refs + nrefs;
	return reg;
}

/*
 * E: the new registry is complete before it is the registry: a forked child has one or the
 * other. Threads need no order; they have the lock.
 */
static void registry_publish(struct scrt_state *s, struct scrt_registry *reg)
{
	struct scrt_registry *old = s->registry;

	scrt_publish(&s->registry, reg);
	if (old)
		scrt_free(old, old->bytes);
}

/* Merge two ascending runs; of equal keys, those of a come first. */
static void registry_merge(struct scrt_ref *to, const struct scrt_ref *a, size_t na,
			   const struct scrt_ref *b, size_t nb)
{
	while (na && nb) {
		if (b->key < a->key) {
			*to++ = *b++;
			nb--;
		} else {
			*to++ = *a++;
			na--;
		}
	}
	for (; na; na--)
		*to++ = *a++;
	for (; nb; nb--)
		*to++ = *b++;
}

/* Sort n references, with room for as many behind them; where they are then. */
static struct scrt_ref *registry_sort(struct scrt_ref *refs, size_t n)
{
	struct scrt_ref *from = refs, *to = refs + n, *swap;
	size_t run, i;

	for (run = 1; run < n; run *= 2) {
		for (i = 0; i < n; i += 2 * run) {
			size_t na = n - i < run ? n - i : run;
			size_t nb = n - i - na < run ? n - i - na : run;

			registry_merge(to + i, from + i, na, from + i + na, nb);
		}
		swap = from;
		from = to;
		to = swap;
	}
	return from;
}

/* The references of a module: to its keys, or to its bodies that fit; how many? */
static size_t registry_keys_of(struct scrt_module *m, struct scrt_ref *to)
{
	size_t n = 0;
	uint32_t i;

	for (i = 0; i < m->nrecords; i++) {
		if (!scrt_is_indexed(m, i))
			continue;
		if (to)
			to[n] = (struct scrt_ref){ m->records[i].key, m, i };
		n++;
	}
	return n;
}

static size_t registry_bodies_of(struct scrt_module *m, struct scrt_ref *to)
{
	size_t n = 0, count = registry_body_count(m);
	uint32_t i;

	for (i = 0; i < count; i++) {
		const struct static_call_key_body *b = registry_body(m, i);

		if (!registry_body_word(b))
			continue;
		if (to)
			to[n] = (struct scrt_ref){ scrt_relative(&b->target), m, i };
		n++;
	}
	return n;
}

int scrt_registry_add(struct scrt_state *s, struct scrt_module *m)
{
	static const struct scrt_registry none;
	const struct scrt_registry *old = s->registry ? s->registry : &none;
	size_t nkeys = registry_keys_of(m, NULL), nbodies = registry_bodies_of(m, NULL);
	size_t most = nkeys > nbodies ? nkeys : nbodies, i;
	struct scrt_registry *reg =
		registry_alloc(old->nmodules + 1, old->nrefs + nkeys, old->nbodies + nbodies);
	struct scrt_ref *scratch = scrt_alloc((2 * most + 1) * sizeof(*scratch));

	if (!reg || !scratch) {
		if (reg)
			scrt_free(reg, reg->bytes);
		if (scratch)
			scrt_free(scratch, (2 * most + 1) * sizeof(*scratch));
		return -ENOMEM;
	}

	for (i = 0; i < old->nmodules; i++)
		reg->modules[i] = old->modules[i];
	reg->modules[old->nmodules] = m;
	registry_keys_of(m, scratch);
	registry_merge(reg->refs, old->refs, old->nrefs, registry_sort(scratch, nkeys), nkeys);
	registry_bodies_of(m, scratch);
	registry_merge(reg->bodies, old->bodies, old->nbodies, registry_sort(scratch, nbodies),
		       nbodies);
	scrt_free(scratch, (2 * most + 1) * sizeof(*scratch));
	registry_publish(s, reg);
	return 0;
}

/* All but those of module m; how many? to may be from. */
static size_t registry_without(const struct scrt_module *m, const struct scrt_ref *from, size_t n,
			       struct scrt_ref *to)
{
	size_t kept = 0, i;

	for (i = 0; i < n; i++) {
		if (from[i].module == m)
			continue;
		if (to)
			to[kept] = from[i];
		kept++;
	}
	return kept;
}

void scrt_registry_remove(struct scrt_state *s, struct scrt_module *m)
{
	struct scrt_registry *old = s->registry, *reg;
	size_t n = 0, i;

	if (old->nmodules == 1) {
		registry_publish(s, NULL);
		return;
	}
	reg = registry_alloc(old->nmodules - 1, registry_without(m, old->refs, old->nrefs, NULL),
			     registry_without(m, old->bodies, old->nbodies, NULL));
	if (!reg)
		reg = old;

	for (i = 0; i < old->nmodules; i++)
		if (old->modules[i] != m)
			reg->modules[n++] = old->modules[i];
	reg->nmodules = n;
	reg->nrefs = registry_without(m, old->refs, old->nrefs, reg->refs);
	reg->nbodies = registry_without(m, old->bodies, old->nbodies, reg->bodies);
	if (reg != old)
		registry_publish(s, reg);
}
