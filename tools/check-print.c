// SPDX-License-Identifier: GPL-2.0-or-later
/* What was found in a file, as text and as JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "static_call-check.h"
#include "static_call_abi.h"

static const struct {
	uint32_t flag;
	const char *name;
} flag_names[] = {
	{ STATIC_CALL_KEY_RECORD_NOP_IF_NULL, "nop_if_null" },
	{ STATIC_CALL_KEY_RECORD_RETURNS_VALUE, "returns_value" },
	{ STATIC_CALL_KEY_RECORD_RETURNS_WIDE, "returns_wide" },
	{ STATIC_CALL_KEY_RECORD_PRELINKED, "prelinked" },
};

#define N_FLAGS (sizeof(flag_names) / sizeof(*flag_names))

static unsigned long long ull(uint64_t v)
{
	return v;
}

/* Names come from the file: they may hold anything, and a terminal should not see it. */
void print_name(const char *name)
{
	for (; *name; name++)
		if ((unsigned char)*name < 0x20 || *name == 0x7f)
			printf("\\x%02x", (unsigned char)*name);
		else
			putchar(*name);
}

/*
 * JSON is UTF-8, a symbol name is bytes. Bytes of a well-formed UTF-8 name stay;
 * from others, every byte beyond ASCII becomes the character of that number.
 */
static bool is_utf8(const unsigned char *s)
{
	while (*s) {
		unsigned int first = *s++, second = *s;
		int more = (first >= 0xc2) + (first >= 0xe0) + (first >= 0xf0);

		if ((first >= 0x80 && !more) || first >= 0xf5 || (first == 0xe0 && second < 0xa0) ||
		    (first == 0xed && second >= 0xa0) || (first == 0xf0 && second < 0x90) ||
		    (first == 0xf4 && second >= 0x90))
			return false;
		for (; more; more--, s++)
			if ((*s & 0xc0) != 0x80)
				return false;
	}
	return true;
}

void put_json(const char *text)
{
	bool utf8 = is_utf8((const unsigned char *)text);

	putchar('"');
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x20 || c == 0x7f || (c >= 0x80 && !utf8))
			printf("\\u%04x", c);
		else if (c == '"' || c == '\\')
			printf("\\%c", c);
		else
			putchar(c);
	}
	putchar('"');
}

static void put_json_where(const char *field, const struct image *image, uint64_t addr)
{
	char *where = image_where(image, addr);

	printf("\"%s\":", field);
	put_json(where);
	free(where);
}

static const char *runtime_name(const struct image *image)
{
	switch (image->runtime) {
	case RUNTIME_STATIC:
		return "static";
	case RUNTIME_SHARED:
		return "shared";
	default:
		return "none";
	}
}

static char *key_place(const struct image *image, const struct key *key)
{
	char *where, *place;

	if (key->import)
		return format("%s%+lld, undefined here", key->import->symbol,
			      (long long)key->import->addend);
	if (!key->addr)
		return format("undefined weak symbol");
	where = image_where(image, key->addr);
	place = format("0x%llx, %s", ull(key->addr), where);
	free(where);
	return place;
}

static void put_register(const char *name, void *unused)
{
	(void)unused;
	printf(" %s", name);
}

static void put_json_register(const char *name, void *comma)
{
	printf("%s\"%s\"", *(const char **)comma, name);
	*(const char **)comma = ",";
}

static void print_key(const struct image *image, const struct key *key, enum output output)
{
	char *place = key_place(image, key);
	size_t i;

	printf("  key ");
	print_name(key->name);
	printf(" (");
	print_name(place);
	printf("): %zu sites (%zu tail)", key->sites, key->tail);
	if (output == VERBOSE) {
		printf(", flags");
		for (i = 0; i < N_FLAGS; i++)
			if (key->flags & flag_names[i].flag)
				printf(" %s", flag_names[i].name);
		printf(key->flags ? " (0x%x)" : " none", key->flags);
		if (key->clobbers[0] | key->clobbers[1]) {
			printf(", calls keep");
			clobbers_kept(key->clobbers, put_register, NULL);
		} else {
			printf(", clobbers of the ABI");
		}
	}
	putchar('\n');
	free(place);
}

static void print_site(const struct image *image, const struct site *site)
{
	char *where = image_where(image, site->addr);

	printf("  site 0x%llx (", ull(site->addr));
	print_name(where);
	printf("): %s ", site->flags & STATIC_CALL_KEY_SITE_TAIL ? "jmp" : "call");
	print_name(site->record ? site->record->own.name : "?");
	printf(site->flags & STATIC_CALL_KEY_SITE_NO_RET ? " (no bare ret)\n" : "\n");
	free(where);
}

/* Of an entry: the function that is inlined, as far as the file tells. To be freed. */
static char *guard_function(const struct image *image, const struct guard *guard)
{
	const struct import *import = image_import(image, guard->word);
	const unsigned char *p = image_bytes(image, guard->word, 8);

	if (!guard->word)
		return format("NULL");
	if (import)
		return format("%s", import->symbol);
	return p ? image_where(image, get64(p)) : format("?");
}

static void print_guard(const struct image *image, const struct guard *guard)
{
	char *where = image_where(image, guard->addr), *function;

	printf("  guard 0x%llx (", ull(guard->addr));
	print_name(where);
	printf("): ");
	print_name(guard->record ? guard->record->own.name : "?");
	printf(", inlined ");
	function = guard_function(image, guard);
	print_name(function);
	putchar('\n');
	free(function);
	free(where);
}

static void print_dynamic(const struct image *image, const struct dynamic *d)
{
	char *where = image_where(image, d->addr);
	const char *name = d->state_ok ? dynamic_name(image, d) : NULL;

	printf("  dynamic 0x%llx (", ull(d->addr));
	print_name(where);
	printf("): %s", d->flags & STATIC_CALL_KEY_DYNAMIC_TAIL ? "jmp" : "call");
	if (name) {
		printf(", shares ");
		print_name(name);
	}
	putchar('\n');
	free(where);
}

/* One line, of what there is. */
static void print_sum(const char *file, const struct tables *t, bool in_archive)
{
	if (!t->n_sites && !t->n_dynamics) {
		if (t->n_problems)
			printf("%s: no sites, %zu problems\n", file, t->n_problems);
		else if (!in_archive)
			printf("%s: no sites\n", file);
		return;
	}
	printf("%s: ", file);
	if (t->n_sites)
		printf("%zu sites (%zu tail), ", t->n_sites, t->n_tail);
	if (t->n_sites && t->n_guarded)
		printf("%zu guards, ", t->n_guarded);
	if (t->n_sites)
		printf("%zu keys, ", t->n_keys);
	if (t->n_dynamics)
		printf("%zu dynamic calls (%zu tail), ", t->n_dynamics, t->n_dynamic_tail);
	printf("%zu problems\n", t->n_problems);
}

void print_text(const char *file, const struct image *image, const struct tables *t,
		enum output output, bool in_archive)
{
	size_t i;

	for (i = 0; i < t->n_problems; i++) {
		char *where = image_where(image, t->problems[i].addr);

		printf("%s: 0x%llx (", file, ull(t->problems[i].addr));
		print_name(where);
		printf("): ");
		print_name(t->problems[i].text);
		putchar('\n');
		free(where);
	}
	if (output == KEYS || output == VERBOSE) {
		for (i = 0; i < t->n_keys; i++)
			print_key(image, t->keys[i], output);
		print_offers(image, print_name);
	}
	if (output == VERBOSE) {
		for (i = 0; i < t->n_sites; i++)
			print_site(image, &t->sites[i]);
		for (i = 0; i < t->n_guards; i++)
			print_guard(image, &t->guards[i]);
		for (i = 0; i < t->n_dynamics; i++)
			print_dynamic(image, &t->dynamics[i]);
		if (t->n_bodies)
			printf("  bodies: %zu\n", t->n_bodies);
		if (!image->relocatable)
			printf("  runtime: %s\n", runtime_name(image));
	}
	if ((t->n_sites || t->n_dynamics) && image->executable && image->runtime == RUNTIME_NONE &&
	    image->has_symtab)
		printf("%s: note: not linked with the runtime\n", file);
	if (t->n_prelinked)
		printf("%s: %zu sites and guards are prelinked\n", file, t->n_prelinked);
	print_sum(file, t, in_archive);
}

static void print_json_key(const struct image *image, const struct key *key)
{
	const char *comma = "";
	size_t i;

	printf("{\"name\":");
	put_json(key->name);
	if (key->import) {
		printf(",\"address\":null,\"symbol\":");
		put_json(key->import->symbol);
		printf(",\"addend\":%lld", (long long)key->import->addend);
	} else {
		printf(",\"address\":\"0x%llx\",", ull(key->addr));
		put_json_where("symbol", image, key->addr);
	}
	printf(",\"sites\":%zu,\"tail\":%zu,\"flags\":[", key->sites, key->tail);
	for (i = 0; i < N_FLAGS; i++)
		if (key->flags & flag_names[i].flag) {
			printf("%s\"%s\"", comma, flag_names[i].name);
			comma = ",";
		}
	printf("],\"clobbers\":[\"0x%llx\",\"0x%llx\"],\"keeps\":[", ull(key->clobbers[0]),
	       ull(key->clobbers[1]));
	comma = "";
	if (key->clobbers[0] | key->clobbers[1])
		clobbers_kept(key->clobbers, put_json_register, &comma);
	printf("]}");
}

static void print_json_site(const struct image *image, const struct site *site)
{
	printf("{\"address\":\"0x%llx\",", ull(site->addr));
	put_json_where("symbol", image, site->addr);
	printf(",\"key\":");
	put_json(site->record ? site->record->own.name : "?");
	printf(",\"tail\":%s}", site->flags & STATIC_CALL_KEY_SITE_TAIL ? "true" : "false");
}

/* One of the functions that are inlined at a guard; the guard itself before the first. */
static void print_json_entry(const struct image *image, const struct guard *guard, bool starts,
			     bool ends)
{
	char *function = guard_function(image, guard);

	if (starts) {
		printf("{\"address\":\"0x%llx\",", ull(guard->addr));
		put_json_where("symbol", image, guard->addr);
		printf(",\"key\":");
		put_json(guard->record ? guard->record->own.name : "?");
		printf(",\"inlined\":[");
	} else {
		putchar(',');
	}
	put_json(function);
	free(function);
	if (ends)
		printf("]}");
}

static void print_json_dynamic(const struct image *image, const struct dynamic *d)
{
	const char *name = d->state_ok ? dynamic_name(image, d) : NULL;

	printf("{\"address\":\"0x%llx\",", ull(d->addr));
	put_json_where("symbol", image, d->addr);
	printf(",\"shares\":");
	if (name)
		put_json(name);
	else
		printf("null");
	printf(",\"tail\":%s}", d->flags & STATIC_CALL_KEY_DYNAMIC_TAIL ? "true" : "false");
}

void print_json(const char *file, const struct image *image, const struct tables *t)
{
	size_t i;

	printf("{\"file\":");
	put_json(file);
	printf(",\"type\":\"%s\",\"sites\":%zu,\"tail\":%zu,\"guards\":%zu,\"keys\":%zu,"
	       "\"problems\":%zu,\"runtime\":\"%s\",\"prelinked\":%zu,\"dynamics\":%zu,\"problem_list\":[",
	       image->relocatable  ? "object"
	       : image->executable ? "executable"
				   : "shared",
	       t->n_sites, t->n_tail, t->n_guarded, t->n_keys, t->n_problems, runtime_name(image),
	       t->n_prelinked, t->n_dynamics);
	for (i = 0; i < t->n_problems; i++) {
		printf("%s{\"address\":\"0x%llx\",", i ? "," : "", ull(t->problems[i].addr));
		put_json_where("symbol", image, t->problems[i].addr);
		printf(",\"text\":");
		put_json(t->problems[i].text);
		putchar('}');
	}
	printf("],\"key_list\":[");
	for (i = 0; i < t->n_keys; i++) {
		printf(i ? "," : "");
		print_json_key(image, t->keys[i]);
	}
	printf("],\"site_list\":[");
	for (i = 0; i < t->n_sites; i++) {
		printf(i ? "," : "");
		print_json_site(image, &t->sites[i]);
	}
	printf("],\"dynamic_list\":[");
	for (i = 0; i < t->n_dynamics; i++) {
		printf(i ? "," : "");
		print_json_dynamic(image, &t->dynamics[i]);
	}
	printf("],\"guard_list\":[");
	for (i = 0; i < t->n_guards; i++) {
		bool starts = !i || guard_ends(&t->guards[i - 1]);
		bool ends = guard_ends(&t->guards[i]) || i + 1 == t->n_guards;

		printf("%s", starts && i ? "," : "");
		print_json_entry(image, &t->guards[i], starts, ends);
	}
	printf("],\"offer_list\":[");
	print_json_offers(image, put_json);
	printf("]}\n");
}
