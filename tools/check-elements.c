// SPDX-License-Identifier: GPL-2.0-or-later
/* The elements of a table, which may be in several sections; and records, by their address. */
#include <stdlib.h>
#include <string.h>

#include "static_call-check.h"
#include "static_call_abi.h"

static unsigned long long ull(uint64_t v)
{
	return v;
}

void for_each_element(struct tables *t, const struct image *image, const char *name, size_t size,
		      size_t align,
		      void (*fn)(struct tables *t, const struct image *image, uint64_t addr,
				 const unsigned char *p))
{
	size_t i, k;

	for (i = 0; i < image->n_regions; i++) {
		const struct region *region = &image->regions[i];

		if (strcmp(region->name, name))
			continue;
		t->present = true;
		if (!region->data) {
			problem(t, region->addr, "section %s has no contents", name);
			continue;
		}
		if (region->addr % align)
			problem(t, region->addr, "section %s is not aligned to %zu", name, align);
		if (region->size % size)
			problem(t, region->addr, "section %s: size %llu is not a multiple of %zu",
				name, ull(region->size), size);
		for (k = 0; k + size <= region->size; k += size)
			fn(t, image, region->addr + k, region->data + k);
	}
}

bool guard_ends(const struct guard *entry)
{
	return !(entry->flags & STATIC_CALL_KEY_GUARD_MORE);
}

static int records_by_addr(const void *a, const void *b)
{
	const struct record *x = a, *y = b;

	return x->addr < y->addr ? -1 : x->addr > y->addr;
}

void sort_records(struct tables *t)
{
	if (t->n_records)
		qsort(t->records, t->n_records, sizeof(*t->records), records_by_addr);
}

struct record *find_record(struct tables *t, uint64_t addr)
{
	struct record wanted = { .addr = addr };

	if (!t->n_records)
		return NULL;
	return bsearch(&wanted, t->records, t->n_records, sizeof(wanted), records_by_addr);
}
