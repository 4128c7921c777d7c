// SPDX-License-Identifier: GPL-2.0-or-later
/* The keys of all files of a command, by the symbols that other files know them by. */
#include <stdlib.h>
#include <string.h>

#include "static_call-check.h"

static int common_by_symbol(const void *a, const void *b)
{
	const struct common_key *x = a, *y = b;
	int order = strcmp(x->symbol, y->symbol);

	if (order)
		return order;
	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static void add_common(struct common_keys *all, const char *symbol, uint64_t offset,
		       const char *name, bool defined)
{
	struct common_key wanted = { .symbol = (char *)symbol, .offset = offset }, *key;
	size_t low = 0, high = all->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (common_by_symbol(&all->keys[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < all->n && !common_by_symbol(&all->keys[low], &wanted)) {
		all->keys[low].defined |= defined;
		return;
	}
	append(&all->keys, &all->n, &all->room, sizeof(*all->keys));
	key = all->keys + low;
	memmove(key + 1, key, (all->n - 1 - low) * sizeof(*key));
	key->symbol = format("%s", symbol);
	key->name = format("%s", name);
	key->offset = offset;
	key->defined = defined;
}

/* The keys of this file that others can name. */
void collect_keys(struct common_keys *all, const struct tables *t, const struct image *image)
{
	size_t i;

	for (i = 0; i < t->n_keys && image->seen_text; i++) {
		const struct key *key = t->keys[i];
		const struct symbol *symbol;

		if (key->import) {
			add_common(all, key->import->symbol, (uint64_t)key->import->addend,
				   key->name, false);
			continue;
		}
		symbol = image_symbol(image, key->addr);
		if (symbol && !symbol->local)
			add_common(all, symbol->name, key->addr - symbol->addr, key->name,
				   !symbol->weak);
	}
}

void free_keys(struct common_keys *all)
{
	size_t i;

	for (i = 0; i < all->n; i++) {
		free(all->keys[i].symbol);
		free(all->keys[i].name);
	}
	free(all->keys);
}
