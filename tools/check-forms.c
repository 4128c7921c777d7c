// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The five bytes of a site and of a guard: as linked, and as prelinked, when they have the form
 * that the runtime gives them while the key holds what it is initialized with. The runtime
 * does the same in sites.c and guards.c; the bytes are made by its own x86_64.h.
 */
#include "static_call-check.h"
#include "static_call_abi.h"
#include "x86_64-body.h"

static struct scrt_site site_of(const struct site *site)
{
	return (struct scrt_site){ .address = site->addr, .flags = site->flags };
}

static struct scrt_site guard_of(const struct guard *guard)
{
	return (struct scrt_site){ .address = guard->addr, .flags = STATIC_CALL_KEY_SITE_TAIL };
}

uint64_t form_read(const unsigned char *p)
{
	return scrt_form_of_bytes(p);
}

void form_write(unsigned char *p, uint64_t form)
{
	unsigned int i;

	for (i = 0; i < CALL_SIZE; i++)
		p[i] = form >> 8 * i & 0xff;
}

uint64_t body_word(const unsigned char *entry)
{
	const struct static_call_key_body *b = (const struct static_call_key_body *)entry;
	uint64_t word = b->length <= sizeof(b->code) ? scrt_body_of(b->code, b->length) : 0;

	return word & SCRT_BODY_SEVERAL ? 0 : word;
}

uint64_t site_linked(const struct site *site)
{
	struct scrt_site s = site_of(site);

	return scrt_branch(&s, site->record->trampoline);
}

uint64_t site_prelinked(const struct site *site, const struct initial *initial)
{
	const struct record *r = site->record;
	struct scrt_site s = site_of(site);
	struct scrt_code code = {
		.flags = r->own.flags,
		.trampoline = r->trampoline,
		.null = r->null_code,
	};
	uint64_t body = initial->body ? scrt_body_form(&s, r->trampoline, initial->body) : 0;

	if (body)
		return body;
	if (initial->target && scrt_in_reach(&s, initial->target))
		return scrt_branch(&s, initial->target);
	if (initial->target || !(r->own.flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL))
		return scrt_branch(&s, r->trampoline);
	return scrt_null_same_rest(&s, &code);
}

uint64_t guard_linked(const struct guard *first)
{
	struct scrt_site s = guard_of(first);

	return scrt_branch(&s, first->slow);
}

/* Does the key hold this entry's function, as far as the file tells? */
static bool guard_is_for(const struct image *image, const struct guard *entry, uint64_t target)
{
	const unsigned char *p = image_bytes(image, entry->word, 8);

	if (!entry->word || !target)
		return !entry->word && !target;
	return p && !image_import(image, entry->word) && get64(p) == target;
}

uint64_t guard_prelinked(const struct image *image, const struct guard *first,
			 const struct initial *initial)
{
	struct scrt_site s = guard_of(first);
	const struct guard *entry = first;

	while (!guard_is_for(image, entry, initial->target)) {
		if (guard_ends(entry))
			return guard_linked(first);
		entry++;
	}
	return entry->body ? scrt_branch(&s, entry->body) : scrt_guard_same_rest(&s, first->slow);
}
