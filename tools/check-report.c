// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * static_call-check --report: what all units said with
 * -fplugin-arg-static_call-report=FILE, compared: is there a store to a place that has a
 * tag in another unit and none in its own? A place is the same if its name, its offset
 * and the size of its type are. The lines are those that the plugin writes (report.c
 * there), an object a line; others are skipped.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "static_call-check.h"

struct place_line {
	char *place; /* name, offset and size as the line has them: equal or not */
	char *file;
	char *function;
	char *name;
	unsigned long line;
};

struct place_lines {
	struct place_line *list;
	size_t n, room;
};

/* The value of a string member, undone of its escapes; NULL if there is none. To be freed. */
static char *member(const char *line, const char *name)
{
	char *quoted = format("\"%s\":\"", name);
	const char *from = strstr(line, quoted);
	char *value = NULL, *to;

	if (from) {
		from += strlen(quoted);
		to = value = xcalloc(strlen(from) + 1, 1);
		for (; *from && *from != '"'; from++) {
			if (*from == '\\' && from[1])
				from++;
			*to++ = *from;
		}
	}
	free(quoted);
	return value;
}

static unsigned long number(const char *line, const char *name)
{
	char *quoted = format("\"%s\":", name);
	const char *from = strstr(line, quoted);
	unsigned long value = from ? strtoul(from + strlen(quoted), NULL, 10) : 0;

	free(quoted);
	return value;
}

static void add_line(struct place_lines *lines, const char *text)
{
	struct place_line *line;
	char *name = member(text, "place");

	if (!name)
		return;
	line = append(&lines->list, &lines->n, &lines->room, sizeof(*line));
	line->name = name;
	line->place = format("%s %lu %lu", name, number(text, "offset"), number(text, "size"));
	line->file = member(text, "file");
	line->function = member(text, "function");
	line->line = number(text, "line");
}

/* NULL, or what is wrong with the file, to be freed. */
static char *read_lines(const char *file, struct place_lines *tags, struct place_lines *stores)
{
	FILE *stream = fopen(file, "re");
	size_t room = 0;
	char *text = NULL, *why = NULL;
	bool any = false;

	if (!stream)
		return format("%m");
	while (getline(&text, &room, stream) > 0) {
		any |= !strncmp(text, "{\"event\":\"", 10);
		if (!strncmp(text, "{\"event\":\"tag\",", 15))
			add_line(tags, text);
		else if (!strncmp(text, "{\"event\":\"untagged-store\",", 26))
			add_line(stores, text);
	}
	if (ferror(stream))
		why = format("%m");
	else if (!any)
		why = format("no report: it has no line of one");
	free(text);
	fclose(stream);
	return why;
}

static const char *shown(const char *text)
{
	return text ? text : "?";
}

static int by_place(const void *a, const void *b)
{
	return strcmp(((const struct place_line *)a)->place, ((const struct place_line *)b)->place);
}

static int by_line(const void *a, const void *b)
{
	const struct place_line *x = a, *y = b;
	int order = strcmp(shown(x->file), shown(y->file));

	if (order)
		return order;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return by_place(a, b);
}

static void sort_lines(struct place_lines *lines, int (*order)(const void *, const void *))
{
	if (lines->n)
		qsort(lines->list, lines->n, sizeof(*lines->list), order);
}

static void free_lines(struct place_lines *lines)
{
	size_t i;

	for (i = 0; i < lines->n; i++) {
		free(lines->list[i].place);
		free(lines->list[i].file);
		free(lines->list[i].function);
		free(lines->list[i].name);
	}
	free(lines->list);
}

/* The number of stores that were told of; -1, *unreadable and *why, if that is no report. */
long check_reports(char *const *files, bool quiet, const char **unreadable, char **why)
{
	struct place_lines tags = { 0 }, stores = { 0 };
	const struct place_line *tag;
	long told = 0;
	size_t i;

	for (; *files && told >= 0; files++) {
		*why = read_lines(*files, &tags, &stores);
		if (*why) {
			*unreadable = *files;
			told = -1;
		}
	}
	sort_lines(&tags, by_place);
	sort_lines(&stores, by_line);
	for (i = 0; i < stores.n && told >= 0; i++) {
		const struct place_line *store = &stores.list[i];

		/* A line in a header says it once a unit. */
		if (i && !by_line(store, store - 1))
			continue;
		tag = tags.n ? bsearch(store, tags.list, tags.n, sizeof(*store), by_place) : NULL;
		if (!tag)
			continue;
		told++;
		if (!quiet)
			printf("%s:%lu: %s stores to %s without its tag, which stands at %s:%lu\n",
			       shown(store->file), store->line, shown(store->function), store->name,
			       shown(tag->file), tag->line);
	}
	if (!quiet && told >= 0)
		printf("%zu tags, %ld stores without\n", tags.n, told);
	free_lines(&tags);
	free_lines(&stores);
	return told;
}
