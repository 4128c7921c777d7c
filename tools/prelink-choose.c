// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which keys can be prelinked: those of which the file itself says what they hold when its
 * first instruction runs, and that nobody changes without the runtime's being told.
 */
#include <stdlib.h>
#include <string.h>

#include "prelink.h"
#include "static_call_abi.h"

#define WORD         8
#define BODY(field)  offsetof(struct static_call_key_body, field)
#define OFFER(field) offsetof(struct static_call_key_offer, field)

/* The bodies of functions, by these. */
struct body {
	uint64_t target;
	uint64_t word;
	uint32_t number;
};

struct known {
	struct prelink *p;
	bool exported;
	struct body *bodies;
	size_t n_bodies, room_bodies;
	uint64_t *offered; /* keys */
	size_t n_offered, room_offered;
};

static int bodies_by_target(const void *a, const void *b)
{
	const struct body *x = a, *y = b;

	if (x->target != y->target)
		return x->target < y->target ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

static int numbers(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void read_bodies(struct known *known)
{
	const unsigned char *entry;
	struct body *body;
	uint64_t addr;
	uint32_t i;

	for (i = 0; (entry = image_body(&known->p->image, i, &addr)); i++) {
		if (!body_word(entry))
			continue;
		body = append(&known->bodies, &known->n_bodies, &known->room_bodies, sizeof(*body));
		*body = (struct body){ follow(entry, addr), body_word(entry), i + 1 };
	}
	if (known->n_bodies)
		qsort(known->bodies, known->n_bodies, sizeof(*known->bodies), bodies_by_target);
}

static void read_offers(struct known *known)
{
	const struct image *image = &known->p->image;
	size_t i, k;

	for (i = 0; i < image->n_regions; i++) {
		const struct region *region = &image->regions[i];

		if (strcmp(region->name, STATIC_CALL_KEY_OFFERS_SECTION) || !region->data)
			continue;
		for (k = 0; k + STATIC_CALL_KEY_OFFER_SIZE <= region->size;
		     k += STATIC_CALL_KEY_OFFER_SIZE)
			*(uint64_t *)append(&known->offered, &known->n_offered,
					    &known->room_offered, sizeof(*known->offered)) =
				get64(region->data + k + OFFER(key));
	}
	if (known->n_offered)
		qsort(known->offered, known->n_offered, sizeof(*known->offered), numbers);
}

/* The first body of this target, which the runtime takes too. */
static void find_body(const struct known *known, struct initial *initial)
{
	size_t low = 0, high = known->n_bodies;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (known->bodies[middle].target < initial->target)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < known->n_bodies && known->bodies[low].target == initial->target) {
		initial->body = known->bodies[low].word;
		initial->body_number = known->bodies[low].number;
	}
}

/* Is the record's key the file's own? Else why not. */
static const char *judge_key(const struct known *known, const struct record *r)
{
	const struct prelink *p = known->p;
	uint64_t word = r->addr + offsetof(struct static_call_key_record, key);
	const struct reloc *reloc = relocs_find(p, word, WORD);

	if (r->own.import)
		return "it is a variable of another module";
	if (reloc && (!reloc->relative || reloc->place != word))
		return "its name may be bound to a variable of another module";
	if (!reloc && !p->image.fixed && r->own.addr)
		return "its address is not told";
	if (!image_region(&p->image, r->own.addr, WORD))
		return "it is nowhere in the file";
	if (!known->exported && exports_find(p, r->own.addr))
		return "other modules can name it, and change it before this one's constructor runs "
		       "(--exported)";
	if (known->n_offered && bsearch(&r->own.addr, known->offered, known->n_offered,
					sizeof(*known->offered), numbers))
		return "functions are offered to it, and one is selected when the program starts";
	return NULL;
}

/* What does the key hold when the first instruction runs? Else why it is not known. */
static const char *judge_value(const struct known *known, const struct record *r,
			       struct initial *initial)
{
	const struct prelink *p = known->p;
	const struct reloc *reloc = relocs_find(p, r->own.addr, WORD);
	const struct region *region;

	if (reloc && (!reloc->relative || reloc->place != r->own.addr))
		return *reloc->symbol ? "it is initialized by the name of a function or variable, "
					"which another module may define"
				      : "it is filled in when the program starts";
	initial->target = image_key(&p->image, r->own.addr);
	if (!reloc && initial->target && !p->image.fixed)
		return "it is initialized with a number";
	if (!initial->target)
		return r->own.flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL ? NULL : "it is NULL";
	region = image_region(&p->image, initial->target, 1);
	if (!region || !region->exec || !region->data)
		return "it does not hold a function of this file";
	return NULL;
}

/* May the bytes be changed? Nothing but the file says what is there. */
static bool is_plain(const struct prelink *p, uint64_t addr, uint64_t size)
{
	return image_bytes(&p->image, addr, size) && !relocs_find(p, addr, size);
}

static size_t index_of(const struct prelink *p, const struct record *r)
{
	return (size_t)(r - p->tables.records);
}

/* Code that is relocated, and what else would be written over. */
static void check_places(struct prelink *p)
{
	static const char why[] = "its code or its record is relocated";
	struct tables *t = &p->tables;
	size_t i;

	for (i = 0; i < t->n_records; i++) {
		uint64_t addr = t->records[i].addr;

		if (!is_plain(p, addr + offsetof(struct static_call_key_record, flags), 4) ||
		    !is_plain(p, addr + offsetof(struct static_call_key_record, initial), 4) ||
		    !is_plain(p, addr + offsetof(struct static_call_key_record, initial_body), 4))
			p->choices[i].why = why;
	}
	for (i = 0; i < t->n_sites; i++)
		if (!is_plain(p, t->sites[i].addr, CALL_SIZE))
			p->choices[index_of(p, t->sites[i].record)].why = why;
	for (i = 0; i < t->n_guards; i++)
		if (!is_plain(p, t->guards[i].addr, CALL_SIZE))
			p->choices[index_of(p, t->guards[i].record)].why = why;
}

void choose(struct prelink *p, bool exported)
{
	struct known known = { .p = p, .exported = exported };
	size_t i;

	read_bodies(&known);
	read_offers(&known);
	check_places(p);
	for (i = 0; i < p->tables.n_records; i++) {
		const struct record *r = &p->tables.records[i];
		struct choice *c = &p->choices[i];

		if (!c->why)
			c->why = judge_key(&known, r);
		if (!c->why)
			c->why = judge_value(&known, r, &c->initial);
		c->taken = !c->why;
		if (c->taken && c->initial.target)
			find_body(&known, &c->initial);
	}
	free(known.bodies);
	free(known.offered);
}
