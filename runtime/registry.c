// SPDX-License-Identifier: MIT
/*
 * registry.c - all modules, and which of them calls through which key.
 */
#include "port.h"
#include "registry.h"

size_t scrt_lookup(const struct scrt_registry *reg, uintptr_t key)
{
	size_t lo = 0, hi = reg->nrefs;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (reg->refs[mid].key < key)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
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

static struct scrt_registry *registry_alloc(size_t nmodules, size_t nrefs)
{
	size_t bytes = sizeof(struct scrt_registry) + nmodules * sizeof(struct scrt_module *) +
		       nrefs * sizeof(struct scrt_ref);
	struct scrt_registry *reg = scrt_alloc(bytes);

	if (!reg)
		return NULL;
	reg->bytes = bytes;
	reg->nmodules = nmodules;
	reg->nrefs = nrefs;
	reg->modules = (struct scrt_module **)(reg + 1);
	reg->refs = (struct scrt_ref *)(reg->modules + nmodules);
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

int scrt_registry_add(struct scrt_state *s, struct scrt_module *m)
{
	struct scrt_registry *old = s->registry, *reg;
	size_t nmodules = old ? old->nmodules : 0, nrefs = old ? old->nrefs : 0;
	struct scrt_ref *scratch;
	size_t n = 0, i;

	for (i = 0; i < m->nrecords; i++)
		n += scrt_is_indexed(m, i);

	reg = registry_alloc(nmodules + 1, nrefs + n);
	scratch = scrt_alloc((2 * n + 1) * sizeof(*scratch));
	if (!reg || !scratch) {
		if (reg)
			scrt_free(reg, reg->bytes);
		if (scratch)
			scrt_free(scratch, (2 * n + 1) * sizeof(*scratch));
		return -ENOMEM;
	}

	for (i = 0; i < nmodules; i++)
		reg->modules[i] = old->modules[i];
	reg->modules[nmodules] = m;

	n = 0;
	for (i = 0; i < m->nrecords; i++) {
		if (!scrt_is_indexed(m, i))
			continue;
		scratch[n].key = m->records[i].key;
		scratch[n].module = m;
		scratch[n].record = i;
		n++;
	}
	registry_merge(reg->refs, old ? old->refs : NULL, nrefs, registry_sort(scratch, n), n);
	scrt_free(scratch, (2 * n + 1) * sizeof(*scratch));
	registry_publish(s, reg);
	return 0;
}

void scrt_registry_remove(struct scrt_state *s, struct scrt_module *m)
{
	struct scrt_registry *old = s->registry, *reg;
	size_t n = 0, i;

	if (old->nmodules == 1) {
		registry_publish(s, NULL);
		return;
	}
	for (i = 0; i < old->nrefs; i++)
		n += old->refs[i].module != m;
	reg = registry_alloc(old->nmodules - 1, n);
	if (!reg)
		reg = old;

	n = 0;
	for (i = 0; i < old->nmodules; i++)
		if (old->modules[i] != m)
			reg->modules[n++] = old->modules[i];
	reg->nmodules = n;
	n = 0;
	for (i = 0; i < old->nrefs; i++)
		if (old->refs[i].module != m)
			reg->refs[n++] = old->refs[i];
	reg->nrefs = n;
	if (reg != old)
		registry_publish(s, reg);
}
