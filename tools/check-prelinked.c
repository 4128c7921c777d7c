// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Is what static_call-prelink has written what the file says of its keys? A record that is
 * prelinked tells what its key is initialized with, and so what its sites hold.
 */
#include <string.h>

#include "static_call-check.h"
#include "static_call_abi.h"

#define WORD          8
#define RECORD(field) offsetof(struct static_call_key_record, field)
#define MODULE(field) offsetof(struct static_call_key_module, field)

static unsigned long long ull(uint64_t v)
{
	return v;
}

uint64_t image_key(const struct image *image, uint64_t addr)
{
	const unsigned char *p = image_bytes(image, addr, WORD);

	return p ? get64(p) : 0;
}

const unsigned char *image_body(const struct image *image, uint32_t number, uint64_t *addr)
{
	size_t i;

	for (i = 0; i < image->n_regions; i++) {
		const struct region *region = &image->regions[i];
		uint64_t at = (uint64_t)number * STATIC_CALL_KEY_BODY_SIZE;

		if (strcmp(region->name, STATIC_CALL_KEY_BODIES_SECTION) || !region->data)
			continue;
		*addr = region->addr + at;
		return at + STATIC_CALL_KEY_BODY_SIZE <= region->size ? region->data + at : NULL;
	}
	return NULL;
}

/* The body that the record says that the target has; false if it has not. */
static bool initial_body(const struct image *image, uint32_t number, struct initial *initial)
{
	const unsigned char *p;
	uint64_t addr;

	if (!number)
		return true;
	p = image_body(image, number - 1, &addr);
	if (!p || follow(p, addr) != initial->target)
		return false;
	initial->body = body_word(p);
	initial->body_number = number;
	return initial->body;
}

void read_initial(struct tables *t, const struct image *image, struct record *r,
		  const unsigned char *p)
{
	const struct key *key = &r->own;
	uint32_t initial = get32(p + RECORD(initial)), number = get32(p + RECORD(initial_body));

	if (!(key->flags & STATIC_CALL_KEY_RECORD_PRELINKED)) {
		if (initial || number)
			problem(t, r->addr, "record of %s: reserved field is not zero", key->name);
		return;
	}
	r->prelinked = true;
	if (initial)
		r->initial.target = follow(p + RECORD(initial), r->addr + RECORD(initial));
	if (!initial && !(key->flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL))
		problem(t, r->addr, "record of %s: prelinked for NULL, which calls cannot be",
			key->name);
	if (key->import || image_import(image, key->addr))
		problem(t, r->addr, "record of %s: prelinked, but %s is filled in at run time",
			key->name, key->import ? "its address" : "the key");
	else if (image_key(image, key->addr) != r->initial.target)
		problem(t, r->addr,
			"record of %s: prelinked for 0x%llx, but the key is initialized with "
			"0x%llx",
			key->name, ull(r->initial.target), ull(image_key(image, key->addr)));
	if (!initial_body(image, number, &r->initial))
		problem(t, r->addr, "record of %s: prelinked with a body that its target has not",
			key->name);
}

/* form is not what it should be; is it what belongs there by another account? */
void check_prelinked(struct tables *t, uint64_t addr, const struct record *r, const char *what,
		     uint64_t form, uint64_t wanted, uint64_t linked)
{
	if (form == wanted) {
		t->n_prelinked++;
		return;
	}
	problem(t, addr, "%s of %s: prelinked for 0x%llx, but %s", what, r->own.name,
		ull(r->initial.target),
		form == linked ? "it is as it was linked" : "it holds something else");
}

void check_module_prelinked(struct tables *t, uint64_t addr, const unsigned char *p)
{
	bool prelinked = get32(p + MODULE(flags)) & STATIC_CALL_KEY_MODULE_PRELINKED;
	size_t i;

	if (get64(p + MODULE(range_lo)) || get64(p + MODULE(range_span)) != (prelinked ? ~0ull : 0))
		problem(t, addr,
			"module descriptor: a range of keys that does not belong into a %s",
			prelinked ? "prelinked file" : "file");
	for (i = 0; i < t->n_records && !prelinked; i++)
		if (t->records[i].prelinked)
			problem(t, t->records[i].addr,
				"record of %s: prelinked, but the module is not",
				t->records[i].own.name);
}
