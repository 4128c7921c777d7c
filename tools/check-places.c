// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The keys that the code of a file may use, its own and those of other files, by where the
 * code finds them: in an object and in what is linked, where the variable is; where it is
 * imported, in the word of the global offset table that gets its address.
 */
#include <stdlib.h>
#include <string.h>

#include "static_call-check.h"

#define WORD 8
/* Farther into an undefined symbol of an object lies another one; see check-elf.c. */
#define NEAR 4096

static int by_key(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

static int by_variable(const void *a, const void *b)
{
	const struct place *x = *(struct place *const *)a, *y = *(struct place *const *)b;

	if (x->variable != y->variable)
		return x->variable < y->variable ? -1 : 1;
	return x->key < y->key ? -1 : x->key > y->key;
}

static uint64_t variable_start(const struct image *image, uint64_t key)
{
	const struct symbol *symbol = image_symbol(image, key);

	return symbol ? symbol->addr : key;
}

static void add_place(struct places *places, uint64_t key, uint64_t variable, const char *name)
{
	struct place *place =
		append(&places->list, &places->n, &places->room, sizeof(*places->list));

	place->key = key;
	place->variable = variable;
	place->name = name;
}

static void add_import(struct places *places, const char *symbol, const char *name)
{
	struct place *place = append(&places->imported, &places->n_imported, &places->room_imported,
				     sizeof(*place));

	place->symbol = symbol;
	place->name = name;
}

/* The keys that this file has records of. */
static void own_places(struct places *places, const struct names *names, const struct tables *t,
		       const struct image *image)
{
	size_t i;

	for (i = 0; i < t->n_keys; i++) {
		const struct key *key = t->keys[i];
		const struct symbol *symbol;

		if (!key->import) {
			if (key->addr)
				add_place(places, key->addr, variable_start(image, key->addr),
					  key->name);
		} else if (!image->relocatable) {
			add_import(places, key->import->symbol, key->name);
		} else {
			symbol = names_symbol(names, key->import->symbol);
			if (symbol && (uint64_t)key->import->addend < NEAR)
				add_place(places, symbol->addr + (uint64_t)key->import->addend,
					  symbol->addr, key->name);
		}
	}
}

/* Those that other files have: of objects by any symbol, else where this file imports it. */
static void common_places(struct places *places, const struct names *names,
			  const struct image *image, const struct common_keys *all)
{
	const struct symbol *symbol;
	size_t i;

	for (i = 0; i < all->n; i++) {
		const struct common_key *key = &all->keys[i];

		if (!image->relocatable) {
			const char *import = names_import(names, key->symbol);

			if (import)
				add_import(places, import, key->name);
			continue;
		}
		symbol = names_symbol(names, key->symbol);
		/* Two programs may each have a variable of this name. */
		if (!symbol || (symbol->defined && !symbol->weak && key->defined))
			continue;
		if (symbol->defined || key->offset < NEAR)
			add_place(places, symbol->addr + key->offset, symbol->addr, key->name);
	}
}

static void sort_places(struct places *places)
{
	size_t i, n = 0;

	if (!places->n)
		return;
	qsort(places->list, places->n, sizeof(*places->list), by_key);
	for (i = 0; i < places->n; i++)
		if (!i || places->list[i].key != places->list[n - 1].key)
			places->list[n++] = places->list[i];
	places->n = n;
	places->variables = xcalloc(n, sizeof(*places->variables));
	for (i = 0; i < n; i++)
		places->variables[i] = &places->list[i];
	qsort(places->variables, n, sizeof(*places->variables), by_variable);
}

/* t: the tables of this file; all: the keys that several files share. */
void places_read(struct places *places, const struct names *names, const struct tables *t,
		 const struct image *image, const struct common_keys *all)
{
	/* Its own keys are of no use if none of its units says what it saw: it was stripped,
	   or is a kernel. */
	if (image->seen_text)
		own_places(places, names, t, image);
	common_places(places, names, image, all);
	sort_places(places);
}

void places_free(struct places *places)
{
	free(places->list);
	free(places->variables);
	free(places->imported);
}

/* A key that a store of so many bytes at addr reaches, or NULL. */
struct place *places_stored(const struct places *places, uint64_t addr, uint64_t size)
{
	size_t low = 0, high = places->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (places->list[middle].key + WORD <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	return low < places->n && places->list[low].key < addr + size ? &places->list[low] : NULL;
}

/* The first key that lies at addr, or in the variable that begins there, or NULL. */
struct place *places_pointed(const struct places *places, uint64_t addr)
{
	struct place wanted = { .key = addr }, *found;
	size_t low = 0, high = places->n;

	if (!places->n)
		return NULL;
	found = bsearch(&wanted, places->list, places->n, sizeof(wanted), by_key);
	if (found)
		return found;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (places->variables[middle]->variable < addr)
			low = middle + 1;
		else
			high = middle;
	}
	return low < places->n && places->variables[low]->variable == addr ? places->variables[low]
									   : NULL;
}

/* The key whose variable a word of the global offset table holds, or will hold. */
struct place *places_in_slot(const struct places *places, const struct image *image, uint64_t slot)
{
	const struct import *import = image_import(image, slot);
	const struct region *region;
	size_t i;

	if (import) {
		for (i = 0; i < places->n_imported; i++)
			if (!import->addend && !strcmp(import->symbol, places->imported[i].symbol))
				return &places->imported[i];
		return NULL;
	}
	region = image_region(image, slot, WORD);
	if (!region || !region->data || strncmp(region->name, ".got", 4))
		return NULL;
	return places_pointed(places, get64(region->data + (slot - region->addr)));
}
