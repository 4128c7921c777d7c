// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The forgotten tag: code that stores to a key, or takes its address, in a function
 * that was not compiled where the key's tag is seen (or without the plugin). No resync
 * follows such a store. Functions that did see the tag are named in
 * STATIC_CALL_KEY_SEEN_SECTION; what a function refers to is read from its code, as in a
 * linked file there is nothing else left to tell (check-access.c). As in check-lost.c,
 * every byte is looked at, which cannot lose its way; in an object, only what a
 * relocation fills in counts.
 */
#include <stdlib.h>
#include <string.h>

#include "static_call-check.h"
#include "static_call_abi.h"

#define WORD 8
/* Farther into an undefined symbol of an object lies another one; see check-elf.c. */
#define NEAR 4096

/* A key of this file, where its code finds it. */
struct place {
	uint64_t key;
	uint64_t variable; /* where its variable begins */
	const char *name;
	const char *symbol;          /* of the variable, if that is not in this file */
	const struct symbol *judged; /* the function that was last looked at for it */
};

struct places {
	struct place *list; /* by key */
	size_t n, room;
	struct place **variables; /* the same by variable */
	struct place *imported;
	size_t n_imported, room_imported;
};

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

/* Symbols by name, the global ones first, and names of what the file imports. */
struct names {
	const struct symbol **symbols;
	const char **imports;
	size_t n_symbols, n_imports;
};

static int symbols_by_name(const void *a, const void *b)
{
	const struct symbol *x = *(const struct symbol *const *)a;
	const struct symbol *y = *(const struct symbol *const *)b;
	int order = strcmp(x->name, y->name);

	return order ? order : x->local - y->local;
}

static int strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void read_names(struct names *names, const struct image *image)
{
	size_t i;

	names->symbols = xcalloc(image->n_symbols, sizeof(*names->symbols));
	for (i = 0; i < image->n_symbols; i++)
		names->symbols[names->n_symbols++] = &image->symbols[i];
	if (names->n_symbols)
		qsort(names->symbols, names->n_symbols, sizeof(*names->symbols), symbols_by_name);
	names->imports = xcalloc(image->n_imports, sizeof(*names->imports));
	for (i = 0; i < image->n_imports; i++)
		names->imports[names->n_imports++] = image->imports[i].symbol;
	if (names->n_imports)
		qsort(names->imports, names->n_imports, sizeof(*names->imports), strings);
}

/* The first symbol of this name, or the end of them. */
static size_t first_named(const struct names *names, const char *name)
{
	size_t low = 0, high = names->n_symbols;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(names->symbols[middle]->name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct symbol *symbol_named(const struct names *names, const char *name)
{
	size_t i = first_named(names, name);

	if (i == names->n_symbols || strcmp(names->symbols[i]->name, name) ||
	    names->symbols[i]->local)
		return NULL;
	return names->symbols[i];
}

/* Do several functions have this name, so that the file has to tell them apart? */
static bool ambiguous(const struct names *names, const char *name)
{
	size_t i, first = first_named(names, name);

	for (i = first; i < names->n_symbols && !strcmp(names->symbols[i]->name, name); i++)
		if (names->symbols[i]->addr != names->symbols[first]->addr)
			return true;
	return false;
}

static const char *import_named(const struct names *names, const char *name)
{
	const char **import = NULL;

	if (names->n_imports)
		import = bsearch(&name, names->imports, names->n_imports, sizeof(name), strings);
	return import ? *import : NULL;
}

/* What all of this needs. */
struct scan {
	struct tables *t;
	const struct image *image;
	struct places places;
	struct names names;
};

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
			symbol = symbol_named(names, key->import->symbol);
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
			const char *import = import_named(names, key->symbol);

			if (import)
				add_import(places, import, key->name);
			continue;
		}
		symbol = symbol_named(names, key->symbol);
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

/* A key that a store of so many bytes at addr reaches, or NULL. */
static struct place *stored_key(const struct places *places, uint64_t addr, uint64_t size)
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
static struct place *pointed_key(const struct places *places, uint64_t addr)
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
static struct place *key_in_slot(const struct places *places, const struct image *image,
				 uint64_t slot)
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
	return pointed_key(places, get64(region->data + (slot - region->addr)));
}

/* The first symbol at this address; they are sorted. */
static const struct symbol *first_symbol(const struct image *image, uint64_t addr)
{
	size_t low = 0, high = image->n_symbols;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (image->symbols[middle].addr < addr)
			low = middle + 1;
		else
			high = middle;
	}
	return image->symbols + low;
}

/* Where the variable begins that this address lies in, be it one of the file or not. */
static uint64_t symbol_before(const struct image *image, uint64_t addr)
{
	const struct symbol *symbol = first_symbol(image, addr + 1);

	return symbol > image->symbols ? symbol[-1].addr : addr;
}

static bool is_variable(const struct image *image, const struct place *place, const char *name)
{
	const struct symbol *symbol, *end = image->symbols + image->n_symbols;

	if (place->symbol)
		return !strcmp(name, place->symbol);
	for (symbol = first_symbol(image, place->variable);
	     symbol < end && symbol->addr == place->variable; symbol++)
		if (!strcmp(name, symbol->name))
			return true;
	return false;
}

/*
 * The length of a function's name without what GCC calls the part of it that it splits off
 * or the plugin what stands behind saving code, and without what a link-time optimization
 * adds to that.
 */
static size_t bare_length(const char *name)
{
	static const char *const parts[] = { ".static_call_body", ".cold" };
	unsigned int i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const char *tail = strstr(name, parts[i]);
		char end = tail ? tail[strlen(parts[i])] : '?';

		if (tail && tail != name && (!end || end == '.'))
			return (size_t)(tail - name);
	}
	return strlen(name);
}

/* Like strcmp, of a name of that length. */
static int compare_name(const char *name, size_t length, const char *other)
{
	int order = strncmp(name, other, length);

	return order ? order : other[length] ? -1 : 0;
}

/*
 * Linkers make local symbols of hidden ones, and list them under no file or another one,
 * so a function that is the only one of its name needs no file.
 */
static bool function_saw(const struct scan *scan, const struct symbol *function,
			 const struct place *place)
{
	const struct image *image = scan->image;
	size_t length = bare_length(function->name), low = 0, high = image->n_seen;
	bool any_file = !function->file || !*function->file ||
			!ambiguous(&scan->names, function->name);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_name(function->name, length, image->seen[middle].function) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < image->n_seen; low++) {
		const struct seen *seen = &image->seen[low];

		if (compare_name(function->name, length, seen->function))
			return false;
		if ((any_file || !*seen->file || !strcmp(function->file, seen->file)) &&
		    is_variable(image, place, seen->variable))
			return true;
	}
	return false;
}

/* Did one of the functions at this address see the variable's tags? Ours need not. */
static bool saw_tag(const struct scan *scan, const struct symbol *function,
		    const struct place *place)
{
	const struct image *image = scan->image;
	const struct symbol *alias, *end = image->symbols + image->n_symbols;

	for (alias = first_symbol(image, function->addr);
	     alias < end && alias->addr == function->addr; alias++)
		if (!strncmp(alias->name, "static_call_key_", strlen("static_call_key_")) ||
		    function_saw(scan, alias, place))
			return true;
	return false;
}

static void found(struct scan *scan, uint64_t addr, struct place *place, enum access access)
{
	const struct symbol *function = image_symbol(scan->image, addr);

	if (!function || place->judged == function)
		return;
	place->judged = function;
	if (!saw_tag(scan, function, place))
		problem(scan->t, addr,
			"%s the key %s, whose tag was not seen here: its sites do not follow",
			access == STORE ? "stores to" : "takes the address of", place->name);
}

/*
 * The address of a variable is also the end of the one before, which loops over
 * that compare with. It is the end, if the function refers to that one at all.
 */
static bool is_end(const struct image *image, uint64_t addr, uint64_t target)
{
	const struct symbol *symbol = first_symbol(image, target);

	if (symbol == image->symbols)
		return false;
	symbol--;
	return symbol->size && symbol->addr + symbol->size == target &&
	       function_refers(image, addr, symbol->addr, target);
}

/* The byte at p, of an address that is addr when the program runs; the one before is there. */
static void scan_byte(struct scan *scan, const unsigned char *p, uint64_t addr)
{
	const struct image *image = scan->image;
	const struct places *places = &scan->places;
	bool rex_w = (p[-1] & 0xf8) == 0x48;
	struct place *place = NULL;
	struct operand o = { 0 };
	uint64_t target;

	if (!decode_access(p, rex_w, image->fixed || image->relocatable, &o) ||
	    (image->relocatable && !image_relocated(image, addr + o.at)))
		return;
	target = o.absolute ? (uint64_t)(int64_t)(int32_t)get32(p + o.at)
			    : follow(p + o.at, addr + o.end);
	if (o.access == STORE && o.indexed)
		place = pointed_key(places, symbol_before(image, target));
	else if (o.access == STORE)
		place = stored_key(places, target, o.size);
	else if (o.access == ADDRESS && !is_end(image, addr, target))
		place = pointed_key(places, target);
	else if (o.access == SLOT && !image->relocatable)
		place = key_in_slot(places, image, target);
	if (place)
		found(scan, addr - rex_w, place, o.access == STORE ? STORE : ADDRESS);
}

static void scan_code(struct scan *scan)
{
	const struct image *image = scan->image;
	size_t i;
	uint64_t k;

	for (i = 0; i < image->n_regions; i++) {
		const struct region *region = &image->regions[i];
		unsigned char *copy;

		if (!region->exec || !region->data)
			continue;
		/* With room around it, for what decode_access() may look at. */
		copy = xcalloc(region->size + ACCESS_LONGEST + 1, 1);
		memcpy(copy + 1, region->data, region->size);
		for (k = 0; k < region->size; k++)
			scan_byte(scan, copy + 1 + k, region->addr + k);
		free(copy);
	}
}

static int seen_by_function(const void *a, const void *b)
{
	return strcmp(((const struct seen *)a)->function, ((const struct seen *)b)->function);
}

/*
 * A file without symbols says nothing. Its own keys are of no use if none of its units
 * says what it saw: it was stripped, or is a kernel.
 */
void check_seen(struct tables *t, const struct image *image, const struct common_keys *all)
{
	struct scan scan = { .t = t, .image = image };
	struct places *places = &scan.places;

	if (!image->has_symtab)
		return;
	if (image->n_seen)
		qsort(image->seen, image->n_seen, sizeof(*image->seen), seen_by_function);
	read_names(&scan.names, image);
	if (image->seen_text)
		own_places(places, &scan.names, t, image);
	common_places(places, &scan.names, image, all);
	sort_places(places);
	if (places->n || places->n_imported)
		scan_code(&scan);
	free(places->list);
	free(places->variables);
	free(places->imported);
	free(scan.names.symbols);
	free(scan.names.imports);
}
