// SPDX-License-Identifier: GPL-2.0-or-later
/* What is where in the memory image of a file, and small helpers. */
#define _GNU_SOURCE /* program_invocation_short_name */
#include <endian.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "static_call-check.h"

void *xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (!p) {
		fprintf(stderr, "%s: out of memory\n", program_invocation_short_name);
		exit(2);
	}
	return p;
}

void *append(void *array, size_t *n, size_t *room, size_t size)
{
	char **base = array;

	if (*n == *room) {
		size_t wanted = *room ? *room * 2 : 16;
		char *bigger = xcalloc(wanted, size);

		if (*n)
			memcpy(bigger, *base, *n * size);
		free(*base);
		*base = bigger;
		*room = wanted;
	}
	memset(*base + *n * size, 0, size);
	return *base + (*n)++ * size;
}

char *format(const char *fmt, ...)
{
	va_list args;
	char *text;
	int len;

	va_start(args, fmt);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	text = xcalloc((size_t)len + 1, 1);
	va_start(args, fmt);
	vsnprintf(text, (size_t)len + 1, fmt, args);
	va_end(args);
	return text;
}

uint16_t get16(const unsigned char *p)
{
	uint16_t v;

	memcpy(&v, p, sizeof(v));
	return le16toh(v);
}

uint32_t get32(const unsigned char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return le32toh(v);
}

uint64_t get64(const unsigned char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return le64toh(v);
}

/* The target of a 32-bit field at addr that holds a distance from itself. */
uint64_t follow(const unsigned char *p, uint64_t addr)
{
	return addr + (uint64_t)(int64_t)(int32_t)get32(p);
}

/* NULL unless all size bytes at addr are in one section. */
struct region *image_region(const struct image *image, uint64_t addr, uint64_t size)
{
	size_t low = 0, high = image->n_regions;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (image->regions[middle].addr <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	if (low) {
		struct region *region = &image->regions[low - 1];

		if (addr - region->addr <= region->size &&
		    size <= region->size - (addr - region->addr))
			return region;
	}
	return NULL;
}

void image_free(struct image *image)
{
	size_t i;

	for (i = 0; i < image->n_regions; i++)
		free(image->regions[i].data);
	free(image->regions);
	free(image->symbols);
	free(image->imports);
	free(image->relocated);
	free(image->seen);
	free(image->seen_text);
	free(image->error);
}

/* NULL unless all size bytes at addr are in one section, and in the file. */
const unsigned char *image_bytes(const struct image *image, uint64_t addr, uint64_t size)
{
	const struct region *region = image_region(image, addr, size);

	return region && region->data ? region->data + (addr - region->addr) : NULL;
}

const char *image_string(const struct image *image, uint64_t addr)
{
	const struct region *region = image_region(image, addr, 1);
	const unsigned char *start;

	if (!region || !region->data)
		return NULL;
	start = region->data + (addr - region->addr);
	return memchr(start, 0, region->size - (addr - region->addr)) ? (const char *)start : NULL;
}

static int by_place(const void *a, const void *b)
{
	const struct import *x = a, *y = b;

	return x->place < y->place ? -1 : x->place > y->place;
}

static int numbers(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

void image_sort(struct image *image)
{
	if (image->n_relocated)
		qsort(image->relocated, image->n_relocated, sizeof(*image->relocated), numbers);
	if (image->n_imports)
		qsort(image->imports, image->n_imports, sizeof(*image->imports), by_place);
}

const struct import *image_import(const struct image *image, uint64_t place)
{
	struct import wanted = { .place = place };

	return image->n_imports ? bsearch(&wanted, image->imports, image->n_imports, sizeof(wanted),
					  by_place)
				: NULL;
}

/* Is this place in the code of an object one that a relocation fills in? */
bool image_relocated(const struct image *image, uint64_t place)
{
	return image->n_relocated &&
	       bsearch(&place, image->relocated, image->n_relocated, sizeof(place), numbers);
}

bool image_defines(const struct image *image, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < image->n_symbols; i++)
		if (!strncmp(image->symbols[i].name, name, len) && !image->symbols[i].name[len])
			return true;
	return false;
}

/* How many symbols lie at addr or below. */
static size_t symbols_up_to(const struct image *image, uint64_t addr)
{
	size_t low = 0, high = image->n_symbols;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (image->symbols[middle].addr <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The first symbol at this address or behind it, or the end of them. */
const struct symbol *image_first_symbol(const struct image *image, uint64_t addr)
{
	return image->symbols + (addr ? symbols_up_to(image, addr - 1) : 0);
}

const char *image_function_at(const struct image *image, uint64_t addr)
{
	size_t i = symbols_up_to(image, addr);

	for (; i && image->symbols[i - 1].addr == addr; i--)
		if (image->symbols[i - 1].function)
			return image->symbols[i - 1].name;
	return NULL;
}

/* The best symbol at this address or before it in its section, or NULL. */
const struct symbol *image_symbol(const struct image *image, uint64_t addr)
{
	const struct region *region = image_region(image, addr, 1);
	size_t low = symbols_up_to(image, addr);

	if (!low || !region || image->symbols[low - 1].addr < region->addr)
		return NULL;
	return &image->symbols[low - 1];
}

/* "symbol+0x12", or the section where no symbol is near; to be freed. */
char *image_where(const struct image *image, uint64_t addr)
{
	const struct region *region = image_region(image, addr, 1);
	const struct symbol *symbol = image_symbol(image, addr);

	if (symbol && addr == symbol->addr)
		return format("%s", symbol->name);
	if (symbol)
		return format("%s+0x%llx", symbol->name, (unsigned long long)(addr - symbol->addr));
	if (region)
		return format("%s+0x%llx", region->name, (unsigned long long)(addr - region->addr));
	return format("outside all sections");
}
