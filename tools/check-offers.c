// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The table of offers, which compilers write by themselves: is all that its entries name
 * where it has to be, and which are there?
 */
#include <stdio.h>
#include <string.h>

#include "static_call-check.h"
#include "static_call_abi.h"

#define WORD         8

/* Read from a file of unknown make: by offset, not through a pointer. */
#define OFFER(field) offsetof(struct static_call_key_offer, field)

static unsigned long long ull(uint64_t v)
{
	return v;
}

/* An address that the entry holds; false if it is filled in later, or nothing is meant. */
static bool offer_address(const struct image *image, uint64_t entry, const unsigned char *p,
			  size_t field, uint64_t *address)
{
	*address = get64(p + field);
	return *address && !image_import(image, entry + field);
}

static const char *offer_name(const struct image *image, const unsigned char *p, size_t field)
{
	const char *name = image_string(image, get64(p + field));

	return name ? name : "(no name)";
}

static void check_code(struct tables *t, const struct image *image, uint64_t entry,
		       const unsigned char *p, size_t field, const char *what)
{
	const struct region *region;
	uint64_t address;

	if (!offer_address(image, entry, p, field, &address))
		return;
	region = image_region(image, address, 1);
	if (!region || !region->exec)
		problem(t, entry, "offer to %s: the %s at 0x%llx is not code",
			offer_name(image, p, OFFER(key_name)), what, ull(address));
}

static void check_offer(struct tables *t, const struct image *image, uint64_t entry,
			const unsigned char *p)
{
	const char *key = offer_name(image, p, OFFER(key_name));
	uint64_t address;

	if (get32(p + OFFER(reserved)))
		problem(t, entry, "offer to %s: reserved field is not zero", key);
	if (image->relocatable)
		return;
	if (!image_string(image, get64(p + OFFER(key_name))))
		problem(t, entry, "offer to a key without a name");
	if (!image_string(image, get64(p + OFFER(name))))
		problem(t, entry, "offer to %s of a function without a name", key);
	if (offer_address(image, entry, p, OFFER(key), &address)) {
		if (address % WORD)
			problem(t, entry, "offer to %s: the key at 0x%llx is not aligned", key,
				ull(address));
		if (!image_region(image, address, WORD))
			problem(t, entry, "offer to %s: the key at 0x%llx is outside all sections",
				key, ull(address));
	}
	check_code(t, image, entry, p, OFFER(target), "function");
	check_code(t, image, entry, p, OFFER(predicate), "predicate");
}

void check_offers(struct tables *t, const struct image *image)
{
	size_t i, k;

	for (i = 0; i < image->n_regions; i++) {
		const struct region *region = &image->regions[i];

		if (strcmp(region->name, STATIC_CALL_KEY_OFFERS_SECTION) || !region->size)
			continue;
		t->present = true;
		if (!region->data) {
			problem(t, region->addr, "section %s has no contents", region->name);
			continue;
		}
		if (region->addr % WORD || region->size % STATIC_CALL_KEY_OFFER_SIZE)
			problem(t, region->addr,
				"section %s: not an array of aligned entries of %d bytes",
				region->name, STATIC_CALL_KEY_OFFER_SIZE);
		for (k = 0; k + STATIC_CALL_KEY_OFFER_SIZE <= region->size;
		     k += STATIC_CALL_KEY_OFFER_SIZE)
			check_offer(t, image, region->addr + k, region->data + k);
	}
}

/* An offer, to be printed. */
struct offer {
	const char *key, *name;
	int priority;
	bool conditional; /* it has a predicate */
};

/* The next offer from *entry on, in the table at *region. */
static bool offer_next(const struct image *image, size_t *region, size_t *entry,
		       struct offer *offer)
{
	for (; *region < image->n_regions; (*region)++, *entry = 0) {
		const struct region *r = &image->regions[*region];
		const unsigned char *p = r->data + *entry;

		if (strcmp(r->name, STATIC_CALL_KEY_OFFERS_SECTION) || !r->data ||
		    *entry + STATIC_CALL_KEY_OFFER_SIZE > r->size)
			continue;
		offer->key = offer_name(image, p, OFFER(key_name));
		offer->name = offer_name(image, p, OFFER(name));
		offer->priority = (int)(int32_t)get32(p + OFFER(priority));
		offer->conditional = get64(p + OFFER(predicate)) ||
				     image_import(image, r->addr + *entry + OFFER(predicate));
		*entry += STATIC_CALL_KEY_OFFER_SIZE;
		return true;
	}
	return false;
}

/* Of objects the addresses are not known yet, and so no names; put() writes a name. */
void print_offers(const struct image *image, void (*put)(const char *name))
{
	size_t region = 0, entry = 0;
	struct offer offer;

	while (!image->relocatable && offer_next(image, &region, &entry, &offer)) {
		printf("  offer to ");
		put(offer.key);
		printf(": ");
		put(offer.name);
		printf(", priority %d%s\n", offer.priority,
		       offer.conditional ? ", if its predicate holds" : "");
	}
}

/* The same as members of an array; put() writes a string, in quotes. */
void print_json_offers(const struct image *image, void (*put)(const char *text))
{
	size_t region = 0, entry = 0;
	const char *comma = "";
	struct offer offer;

	while (!image->relocatable && offer_next(image, &region, &entry, &offer)) {
		printf("%s{\"key\":", comma);
		put(offer.key);
		printf(",\"function\":");
		put(offer.name);
		printf(",\"priority\":%d,\"predicate\":%s}", offer.priority,
		       offer.conditional ? "true" : "false");
		comma = ",";
	}
}
