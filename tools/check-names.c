// SPDX-License-Identifier: GPL-2.0-or-later
/* The symbols and the imports of a file by name. */
#include <stdlib.h>
#include <string.h>

#include "static_call-check.h"

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

void names_read(struct names *names, const struct image *image)
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
static size_t names_first(const struct names *names, const char *name)
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

const struct symbol *names_symbol(const struct names *names, const char *name)
{
	size_t i = names_first(names, name);

	if (i == names->n_symbols || strcmp(names->symbols[i]->name, name) ||
	    names->symbols[i]->local)
		return NULL;
	return names->symbols[i];
}

/* Do several functions have this name, so that the file has to tell them apart? */
bool names_ambiguous(const struct names *names, const char *name)
{
	size_t i, first = names_first(names, name);

	for (i = first; i < names->n_symbols && !strcmp(names->symbols[i]->name, name); i++)
		if (names->symbols[i]->addr != names->symbols[first]->addr)
			return true;
	return false;
}

const char *names_import(const struct names *names, const char *name)
{
	const char **import = NULL;

	if (names->n_imports)
		import = bsearch(&name, names->imports, names->n_imports, sizeof(name), strings);
	return import ? *import : NULL;
}

void names_free(struct names *names)
{
	free(names->symbols);
	free(names->imports);
}
