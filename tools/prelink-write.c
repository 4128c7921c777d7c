// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The bytes of the new file. All of them follow from its tables and from what was chosen, not
 * from what the file holds in their places: so a file that is prelinked already becomes the same
 * again, and with nothing chosen, what the linker wrote.
 */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "prelink.h"
#include "static_call_abi.h"

#define RECORD(field) offsetof(struct static_call_key_record, field)
#define MODULE(field) offsetof(struct static_call_key_module, field)

static bool fail(struct prelink *p, char *why)
{
	free(p->error);
	p->error = why;
	return false;
}

bool prelink_read(struct prelink *p, const unsigned char *bytes, size_t size)
{
	struct tables *t = &p->tables;

	p->bytes = bytes;
	p->size = size;
	p->copy = xcalloc(1, size);
	memcpy(p->copy, bytes, size);
	p->elf = elf_memory((char *)p->copy, size);
	if (!p->elf)
		return fail(p, format("%s", elf_errmsg(-1)));
	if (!image_read(&p->image, p->elf, size))
		return fail(p, format("%s", p->image.error));
	if (p->image.relocatable)
		return fail(p, format("not linked yet"));
	tables_check(t, &p->image, false);
	if (t->n_problems)
		return fail(p, format("%s", t->problems[0].text));
	if (!t->n_sites && !t->n_guards)
		return true;
	if (!find_module(&p->image, t, &p->module))
		return fail(p, format("no module descriptor names the site table"));
	p->choices = xcalloc(t->n_records, sizeof(*p->choices));
	return relocs_read(p);
}

void prelink_free(struct prelink *p)
{
	tables_free(&p->tables);
	image_free(&p->image);
	if (p->elf)
		elf_end(p->elf);
	free(p->copy);
	free(p->relocs);
	free(p->exports);
	free(p->choices);
	free(p->error);
}

/* Where these bytes are in the file; NULL: they are not, or something else fills them in. */
static unsigned char *place(const struct prelink *p, unsigned char *to, uint64_t addr, size_t size)
{
	const struct region *region = image_region(&p->image, addr, size);
	uint64_t at;

	if (!region || !region->data || relocs_find(p, addr, size))
		return NULL;
	at = region->offset + (addr - region->addr);
	return at < p->size && size <= p->size - at ? to + at : NULL;
}

static bool put(const struct prelink *p, unsigned char *to, uint64_t addr, uint64_t value,
		size_t size)
{
	unsigned char *at = place(p, to, addr, size);

	value = htole64(value);
	if (at)
		memcpy(at, &value, size);
	return at;
}

static bool put_form(const struct prelink *p, unsigned char *to, uint64_t addr, uint64_t form)
{
	unsigned char *at = place(p, to, addr, CALL_SIZE);

	if (at)
		form_write(at, form);
	return at;
}

static const struct choice *choice_of(const struct prelink *p, const struct record *r, bool undo)
{
	static const struct choice none;

	return undo ? &none : &p->choices[r - p->tables.records];
}

static bool write_record(const struct prelink *p, unsigned char *to, const struct record *r,
			 bool undo)
{
	const struct choice *c = choice_of(p, r, undo);
	uint64_t at = r->addr + RECORD(initial);
	uint32_t flags = r->own.flags & ~(uint32_t)STATIC_CALL_KEY_RECORD_PRELINKED;

	if (c->taken)
		flags |= STATIC_CALL_KEY_RECORD_PRELINKED;
	else if (!r->prelinked)
		return true;
	return put(p, to, r->addr + RECORD(flags), flags, 4) &&
	       put(p, to, at, c->taken && c->initial.target ? c->initial.target - at : 0, 4) &&
	       put(p, to, r->addr + RECORD(initial_body), c->taken ? c->initial.body_number : 0, 4);
}

static bool write_sites(const struct prelink *p, unsigned char *to, bool undo)
{
	const struct tables *t = &p->tables;
	const struct choice *c;
	size_t i;

	for (i = 0; i < t->n_sites; i++) {
		const struct site *site = &t->sites[i];

		c = choice_of(p, site->record, undo);
		if ((c->taken || site->record->prelinked) &&
		    !put_form(p, to, site->addr,
			      c->taken ? site_prelinked(site, &c->initial) : site_linked(site)))
			return false;
	}
	for (i = 0; i < t->n_guards; i++) {
		const struct guard *guard = &t->guards[i];

		c = choice_of(p, guard->record, undo);
		if ((i && !guard_ends(guard - 1)) || (!c->taken && !guard->record->prelinked))
			continue;
		if (!put_form(p, to, guard->addr,
			      c->taken ? guard_prelinked(&p->image, guard, &c->initial)
				       : guard_linked(guard)))
			return false;
	}
	return true;
}

static bool write_module(const struct prelink *p, unsigned char *to, bool undo)
{
	bool any = false;
	size_t i;

	for (i = 0; i < p->tables.n_records; i++)
		any |= choice_of(p, &p->tables.records[i], undo)->taken;
	return put(p, to, p->module + MODULE(flags), any ? STATIC_CALL_KEY_MODULE_PRELINKED : 0,
		   4) &&
	       put(p, to, p->module + MODULE(range_span), any ? ~0ull : 0, 8);
}

/* Is what was made a file in which the checker finds no fault? */
static bool verify(struct prelink *p, const unsigned char *made)
{
	struct prelink again = { 0 };
	bool good = prelink_read(&again, made, p->size);

	if (!good)
		fail(p, format("what it would become is wrong: %s", again.error));
	prelink_free(&again);
	return good;
}

unsigned char *prelink_write(struct prelink *p, bool undo)
{
	unsigned char *made = xcalloc(1, p->size);
	bool good = true;
	size_t i;

	memcpy(made, p->bytes, p->size);
	for (i = 0; i < p->tables.n_records && good; i++)
		good = write_record(p, made, &p->tables.records[i], undo);
	if (!good || !write_sites(p, made, undo) || !write_module(p, made, undo)) {
		fail(p, format("its tables are filled in when the program starts"));
		good = false;
	}
	if (good && verify(p, made))
		return made;
	free(made);
	return NULL;
}
