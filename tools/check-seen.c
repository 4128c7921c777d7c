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

/* Of those before a key, in bytes: how far it is looked for one that a loop goes over. */
#define LONGEST_TABLE (1 << 20)

/* What all of this needs. */
struct scan {
	struct tables *t;
	const struct image *image;
	struct places places;
	struct names names;
};

/* Where the variable begins that this address lies in, be it one of the file or not. */
static uint64_t symbol_before(const struct image *image, uint64_t addr)
{
	const struct symbol *symbol = image_first_symbol(image, addr + 1);

	return symbol > image->symbols ? symbol[-1].addr : addr;
}

static bool is_variable(const struct image *image, const struct place *place, const char *name)
{
	const struct symbol *symbol, *end = image->symbols + image->n_symbols;

	if (place->symbol)
		return !strcmp(name, place->symbol);
	for (symbol = image_first_symbol(image, place->variable);
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
			!names_ambiguous(&scan->names, function->name);

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

/*
 * GCC's own start-up code: it looks for __TMC_END__, the end of .data, where a variable of .bss
 * may begin.
 */
static bool is_start_up(const struct symbol *function)
{
	return function->file && !strcmp(function->file, "crtstuff.c");
}

/* Did one of the functions at this address see the variable's tags? Ours need not. */
static bool saw_tag(const struct scan *scan, const struct symbol *function,
		    const struct place *place)
{
	const struct image *image = scan->image;
	const struct symbol *alias, *end = image->symbols + image->n_symbols;

	for (alias = image_first_symbol(image, function->addr);
	     alias < end && alias->addr == function->addr; alias++)
		if (!strncmp(alias->name, "static_call_key_", strlen("static_call_key_")) ||
		    is_start_up(alias) || function_saw(scan, alias, place))
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

/* Are these parts of one function, as far as names tell? */
static bool is_part(const struct symbol *function, const struct symbol *other)
{
	size_t length = bare_length(function->name);

	if (length != bare_length(other->name) || strncmp(function->name, other->name, length))
		return false;
	return !function->file || !other->file || !strcmp(function->file, other->file);
}

/* Does the function at addr refer to what is at [low, high), or another part of it? */
static bool parts_refer(const struct image *image, uint64_t addr, uint64_t low, uint64_t high)
{
	const struct symbol *function = image_symbol(image, addr), *other;

	if (function_refers(image, addr, low, high))
		return true;
	if (!function)
		return false;
	for (other = image->symbols; other < image->symbols + image->n_symbols; other++)
		if (other->addr != function->addr && is_part(function, other) &&
		    function_refers(image, other->addr, low, high))
			return true;
	return false;
}

/*
 * The address of a variable is also the end of the one before, which loops over
 * that compare with. It is the end, if the function refers to that one at all.
 */
static bool is_end(const struct image *image, uint64_t addr, uint64_t target)
{
	const struct symbol *symbol = image_first_symbol(image, target);

	if (symbol == image->symbols)
		return false;
	symbol--;
	return symbol->size && symbol->addr + symbol->size == target &&
	       parts_refer(image, addr, symbol->addr, target);
}

/*
 * A loop over a table that begins in the middle of its first row ends as far beyond the table. Does
 * the function refer to a variable of which that may be so?
 */
static bool is_bound(const struct image *image, uint64_t addr, uint64_t target)
{
	const struct symbol *symbol = image_first_symbol(image, target);

	while (symbol-- > image->symbols) {
		uint64_t end = symbol->addr + symbol->size;

		if (target - symbol->addr > LONGEST_TABLE)
			return false;
		if (end <= target && target - end < symbol->size &&
		    parts_refer(image, addr, symbol->addr, end))
			return true;
	}
	return false;
}

/* The byte at p, of an address that is addr when the program runs; the two before are there. */
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
		place = places_pointed(places, symbol_before(image, target));
	else if (o.access == STORE)
		place = places_stored(places, target, o.size);
	else if (o.access == ADDRESS)
		place = places_pointed(places, target);
	else if (o.access == SLOT && !image->relocatable)
		place = places_in_slot(places, image, target);
	if (place && o.access == ADDRESS &&
	    (is_end(image, addr, target) || (o.compared && is_bound(image, addr, target))))
		return;
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
		copy = xcalloc(region->size + ACCESS_LONGEST + 2, 1);
		memcpy(copy + 2, region->data, region->size);
		for (k = 0; k < region->size; k++)
			scan_byte(scan, copy + 2 + k, region->addr + k);
		free(copy);
	}
}

static int seen_by_function(const void *a, const void *b)
{
	return strcmp(((const struct seen *)a)->function, ((const struct seen *)b)->function);
}

/* A file without symbols says nothing. */
void check_seen(struct tables *t, const struct image *image, const struct common_keys *all)
{
	struct scan scan = { .t = t, .image = image };
	struct places *places = &scan.places;

	if (!image->has_symtab)
		return;
	if (image->n_seen)
		qsort(image->seen, image->n_seen, sizeof(*image->seen), seen_by_function);
	names_read(&scan.names, image);
	places_read(places, &scan.names, t, image, all);
	if (places->n || places->n_imported)
		scan_code(&scan);
	places_free(places);
	names_free(&scan.names);
}
