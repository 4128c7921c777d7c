// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The tables of a file against its code: is all that they name, the sites above all,
 * as the runtime needs it? Whether they name every site: check-lost.c.
 */
#include <stdlib.h>
#include <string.h>

#include "static_call-check.h"
#include "static_call_abi.h"

#define WORD          8
#define PAGE          4096
#define RECORD_PREFIX "static_call_key_record."

/* The tables are read from a file of unknown make: by offset, not through a pointer. */
#define RECORD(field) offsetof(struct static_call_key_record, field)
#define MODULE(field) offsetof(struct static_call_key_module, field)

static unsigned long long ull(uint64_t v)
{
	return v;
}

/*
 * A weak symbol that nobody defined is at 0, and a key in it at its offset; the
 * linker leaves no trace of it. The name of the record, PREFIX symbol [.offset],
 * tells which symbol that is: if the file defines it, the address is wrong.
 */
static bool key_is_undefined_weak(const struct image *image, const struct record *r)
{
	char *where = image_where(image, r->addr);
	const char *name = where + strlen(RECORD_PREFIX);
	bool weak = false;
	size_t len;

	if (r->own.addr >= PAGE) {
		free(where);
		return false;
	}
	if (!image->has_symtab) {
		weak = true;
	} else if (!strncmp(where, RECORD_PREFIX, strlen(RECORD_PREFIX))) {
		len = strlen(name);
		weak = !image_defines(image, name, len);
		if (r->own.addr) {
			while (len && name[len - 1] >= '0' && name[len - 1] <= '9')
				len--;
			weak = len > 1 && name[len - 1] == '.' &&
			       strtoull(name + len, NULL, 10) == r->own.addr &&
			       !image_defines(image, name, len - 1);
		}
	}
	free(where);
	return weak;
}

static void check_key_address(struct tables *t, const struct image *image, const struct record *r)
{
	const struct key *key = &r->own;

	if (key->import || key_is_undefined_weak(image, r))
		return;
	if (!key->addr) {
		problem(t, r->addr, "record of %s: no key address", key->name);
		return;
	}
	if (key->addr % WORD)
		problem(t, r->addr, "record of %s: key at 0x%llx is not aligned", key->name,
			ull(key->addr));
	if (!image_region(image, key->addr, WORD))
		problem(t, r->addr, "record of %s: key at 0x%llx is outside all sections",
			key->name, ull(key->addr));
}

static void check_trampoline(struct tables *t, const struct image *image, const struct record *r)
{
	const struct region *region = image_region(image, r->trampoline, 1);

	if (!region || !region->exec)
		problem(t, r->addr, "record of %s: trampoline at 0x%llx is not code", r->own.name,
			ull(r->trampoline));
	else if (!trampoline_reads_key(image, r->trampoline, &r->own))
		problem(t, r->addr, "record of %s: trampoline at 0x%llx does not read the key",
			r->own.name, ull(r->trampoline));
}

static void check_null_code(struct tables *t, const struct image *image, const struct record *r)
{
	if (!(r->own.flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL))
		problem(t, r->addr, "record of %s: code for NULL, but no flag nop_if_null",
			r->own.name);
	else if (!trampoline_branches_to(image, r->trampoline, r->null_code))
		problem(t, r->addr,
			"record of %s: code for NULL at 0x%llx, where the trampoline does not go",
			r->own.name, ull(r->null_code));
}

static void read_record(struct tables *t, const struct image *image, uint64_t addr,
			const unsigned char *p)
{
	struct record *r = append(&t->records, &t->n_records, &t->room_records, sizeof(*r));
	struct key *key = &r->own;

	r->addr = addr;
	key->record = addr;
	key->name = "?";
	if (get16(p + RECORD(version)) != STATIC_CALL_KEY_ABI_VERSION) {
		problem(t, addr, "record of version %u; this program knows version %u",
			get16(p + RECORD(version)), STATIC_CALL_KEY_ABI_VERSION);
		return;
	}
	if (get16(p + RECORD(size)) != STATIC_CALL_KEY_RECORD_SIZE) {
		problem(t, addr, "record of size %u, not %u", get16(p + RECORD(size)),
			STATIC_CALL_KEY_RECORD_SIZE);
		return;
	}
	r->usable = true;
	key->name = image_string(image, follow(p + RECORD(name), addr + RECORD(name)));
	if (!key->name || !*key->name) {
		problem(t, addr, "record without a name");
		key->name = "?";
	}
	key->flags = get32(p + RECORD(flags));
	key->clobbers[0] = get64(p + RECORD(clobbers));
	key->clobbers[1] = get64(p + RECORD(clobbers) + 8);
	key->import = image_import(image, addr + RECORD(key));
	if (!key->import)
		key->addr = get64(p + RECORD(key));
	r->trampoline = follow(p + RECORD(trampoline), addr + RECORD(trampoline));
	if (get32(p + RECORD(null_code)))
		r->null_code = follow(p + RECORD(null_code), addr + RECORD(null_code));

	if (key->flags & ~(uint32_t)STATIC_CALL_KEY_RECORD_KNOWN)
		problem(t, addr, "record of %s: unknown flags 0x%x", key->name,
			key->flags & ~(uint32_t)STATIC_CALL_KEY_RECORD_KNOWN);
	else if (((key->flags & STATIC_CALL_KEY_RECORD_RETURNS_VALUE) &&
		  !(key->flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL)) ||
		 ((key->flags & STATIC_CALL_KEY_RECORD_RETURNS_WIDE) &&
		  !(key->flags & STATIC_CALL_KEY_RECORD_RETURNS_VALUE)))
		problem(t, addr, "record of %s: flags 0x%x contradict each other", key->name,
			key->flags);
	if (get32(p + RECORD(reserved)))
		problem(t, addr, "record of %s: reserved field is not zero", key->name);
	read_initial(t, image, r, p);
	check_key_address(t, image, r);
	check_trampoline(t, image, r);
	if (r->null_code)
		check_null_code(t, image, r);
}

static int sites_by_addr(const void *a, const void *b)
{
	const struct site *x = a, *y = b;

	if (x->addr != y->addr)
		return x->addr < y->addr ? -1 : 1;
	return x->entry < y->entry ? -1 : x->entry > y->entry;
}

static void read_site(struct tables *t, const struct image *image, uint64_t addr,
		      const unsigned char *p)
{
	struct site *site = append(&t->sites, &t->n_sites, &t->room_sites, sizeof(*site));
	uint64_t record = follow(p + 4, addr + 4);

	(void)image;
	site->entry = addr;
	site->addr = follow(p, addr);
	site->flags = record & STATIC_CALL_KEY_SITE_FLAGS;
	record &= ~(uint64_t)STATIC_CALL_KEY_SITE_FLAGS;
	site->record = find_record(t, record);
	if (!site->record)
		problem(t, site->addr, "site: no record at 0x%llx (entry at 0x%llx)", ull(record),
			ull(addr));
}

static const char *kind(const struct site *site)
{
	return site->flags & STATIC_CALL_KEY_SITE_TAIL ? "jmp" : "call";
}

static void check_site(struct tables *t, const struct image *image, const struct site *site)
{
	const struct region *region = image_region(image, site->addr, CALL_SIZE);
	const struct record *r = site->record;
	const char *name = r ? r->own.name : "?";
	unsigned char opcode = site->flags & STATIC_CALL_KEY_SITE_TAIL ? 0xe9 : 0xe8;
	const unsigned char *p;
	const char *function;
	uint64_t dest;

	if (site->flags & ~(uint32_t)STATIC_CALL_KEY_SITE_KNOWN)
		problem(t, site->addr, "site of %s: unknown flags 0x%x", name,
			site->flags & ~(uint32_t)STATIC_CALL_KEY_SITE_KNOWN);
	if (!region || !region->exec || !region->data) {
		problem(t, site->addr, "site of %s is not code (entry at 0x%llx)", name,
			ull(site->entry));
		return;
	}
	if (site->addr % WORD > WORD - CALL_SIZE)
		problem(t, site->addr, "site of %s: the %s is not inside an aligned quadword", name,
			kind(site));
	function = image_function_at(image, site->addr);
	if (function)
		problem(t, site->addr,
			"site of %s is the first instruction of %s: a probe of it would lie on it",
			name, function);
	p = region->data + (site->addr - region->addr);
	if (r && r->prelinked) {
		check_prelinked(t, site->addr, r, "site", form_read(p),
				site_prelinked(site, &r->initial), site_linked(site));
		return;
	}
	if (*p != opcode) {
		problem(t, site->addr, "site of %s: opcode %02x, not a five-byte %s (%02x)", name,
			*p, kind(site), opcode);
		return;
	}
	dest = follow(p + 1, site->addr + CALL_SIZE);
	if (r && r->usable && dest != r->trampoline)
		problem(t, site->addr, "site of %s: the %s leads to 0x%llx, not to 0x%llx", name,
			kind(site), ull(dest), ull(r->trampoline));
}

static void check_sites(struct tables *t, const struct image *image)
{
	size_t i;

	for (i = 0; i < t->n_sites; i++) {
		const struct site *site = &t->sites[i];

		/* Identical code folding leaves equal entries: two functions, one code. */
		if (i && site->addr == site[-1].addr && site->record == site[-1].record &&
		    site->flags == site[-1].flags)
			continue;
		if (i && site->addr == site[-1].addr)
			problem(t, site->addr, "site is in the table twice (at 0x%llx and 0x%llx)",
				ull(site[-1].entry), ull(site->entry));
		else if (i && site->addr - site[-1].addr < CALL_SIZE)
			problem(t, site->addr, "site overlaps the one at 0x%llx",
				ull(site[-1].addr));
		check_site(t, image, site);
	}
}

/* Does the descriptor name the table of sites, or, where there is none, that of dynamic calls? */
static bool names_table(const struct image *image, const struct tables *t, const unsigned char *p)
{
	if (t->n_sites)
		return image->sites_start && get64(p + MODULE(sites_start)) == image->sites_start;
	return image->dynamics_start && get64(p + MODULE(dynamics_start)) == image->dynamics_start;
}

const unsigned char *find_module(const struct image *image, const struct tables *t, uint64_t *addr)
{
	size_t i;
	uint64_t k;

	for (i = 0; i < image->n_regions; i++) {
		const struct region *region = &image->regions[i];

		if (!region->data || !region->write)
			continue;
		for (k = -region->addr % WORD; k + STATIC_CALL_KEY_MODULE_SIZE <= region->size;
		     k += WORD) {
			const unsigned char *p = region->data + k;

			*addr = region->addr + k;
			if (get16(p + MODULE(version)) == STATIC_CALL_KEY_ABI_VERSION &&
			    get16(p + MODULE(size)) == STATIC_CALL_KEY_MODULE_SIZE &&
			    !(get32(p + MODULE(flags)) &
			      ~(uint32_t)STATIC_CALL_KEY_MODULE_PRELINKED) &&
			    names_table(image, t, p))
				return p;
		}
	}
	return NULL;
}

/* The bounds of a table are those of its section. Where there is none, they are equal. */
static void check_bounds(struct tables *t, const struct image *image, uint64_t addr,
			 const char *section, uint64_t start, uint64_t stop)
{
	uint64_t lo = start, hi = start;
	size_t i;

	for (i = 0; i < image->n_regions; i++)
		if (!strcmp(image->regions[i].name, section) && image->regions[i].size) {
			lo = image->regions[i].addr;
			hi = lo + image->regions[i].size;
		}
	if (start != lo || stop != hi)
		problem(t, addr,
			"module descriptor: %s from 0x%llx to 0x%llx, not from 0x%llx to 0x%llx",
			section, ull(start), ull(stop), ull(lo), ull(hi));
}

/* What a constructor hands to the runtime: without it no site is ever seen. */
static void check_module(struct tables *t, const struct image *image)
{
	uint64_t addr, code, here;
	const unsigned char *p = find_module(image, t, &addr);

	if (!p) {
		problem(t, t->n_sites ? t->sites[0].entry : t->dynamics[0].entry,
			"no module descriptor names the %s",
			t->n_sites ? "site table" : "table of dynamic calls");
		return;
	}
	if (get32(p + MODULE(reserved)))
		problem(t, addr, "module descriptor: reserved field is not zero");
	if (image->relocatable)
		return;
	if (get64(p + MODULE(room)))
		problem(t, addr,
			"module descriptor: room for code, which only kernel modules have");
	check_module_prelinked(t, addr, p);
	check_bounds(t, image, addr, STATIC_CALL_KEY_SITES_SECTION, get64(p + MODULE(sites_start)),
		     get64(p + MODULE(sites_stop)));
	check_bounds(t, image, addr, STATIC_CALL_KEY_RECORDS_SECTION,
		     get64(p + MODULE(records_start)), get64(p + MODULE(records_stop)));
	check_bounds(t, image, addr, STATIC_CALL_KEY_TARGETS_SECTION,
		     get64(p + MODULE(targets_start)), get64(p + MODULE(targets_stop)));
	check_bounds(t, image, addr, STATIC_CALL_KEY_GUARDS_SECTION,
		     get64(p + MODULE(guards_start)), get64(p + MODULE(guards_stop)));
	check_bounds(t, image, addr, STATIC_CALL_KEY_BODIES_SECTION,
		     get64(p + MODULE(bodies_start)), get64(p + MODULE(bodies_stop)));
	check_bounds(t, image, addr, STATIC_CALL_KEY_OFFERS_SECTION,
		     get64(p + MODULE(offers_start)), get64(p + MODULE(offers_stop)));
	check_bounds(t, image, addr, STATIC_CALL_KEY_DYNAMICS_SECTION,
		     get64(p + MODULE(dynamics_start)), get64(p + MODULE(dynamics_stop)));
	if (get64(p + MODULE(learn)))
		problem(t, addr, "module descriptor: the word of the runtime is not zero");
	code = get64(p + MODULE(code));
	here = follow(p + MODULE(code_here), addr + MODULE(code_here));
	if (code && code != here)
		problem(t, addr,
			"module descriptor: the code at 0x%llx was moved to 0x%llx after linking; "
			"no site will be patched",
			ull(here), ull(code));
}

static int keys_by_place(const void *a, const void *b)
{
	const struct key *x = *(struct key *const *)a, *y = *(struct key *const *)b;
	int order;

	if (!x->import != !y->import)
		return !x->import ? -1 : 1;
	if (!x->import)
		return x->addr < y->addr ? -1 : x->addr > y->addr;
	order = strcmp(x->import->symbol, y->import->symbol);
	if (order)
		return order;
	return x->import->addend < y->import->addend ? -1 : x->import->addend > y->import->addend;
}

static int keys_by_name(const void *a, const void *b)
{
	const struct key *x = *(struct key *const *)a, *y = *(struct key *const *)b;
	int order = strcmp(x->name, y->name);

	return order ? order : keys_by_place(a, b);
}

/* Several records may name one key; its sites are counted together. */
static void count_keys(struct tables *t)
{
	struct key **all = xcalloc(t->n_records, sizeof(*all));
	size_t i, n = 0;

	for (i = 0; i < t->n_records; i++)
		if (t->records[i].usable)
			all[n++] = &t->records[i].own;
	qsort(all, n, sizeof(*all), keys_by_place);
	t->keys = xcalloc(n, sizeof(*t->keys));
	for (i = 0; i < n; i++) {
		if (!i || keys_by_place(&all[i - 1], &all[i]))
			t->keys[t->n_keys++] = all[i];
		find_record(t, all[i]->record)->key = t->keys[t->n_keys - 1];
	}
	free(all);
	for (i = 0; i < t->n_sites; i++) {
		const struct site *site = &t->sites[i];
		bool tail = site->flags & STATIC_CALL_KEY_SITE_TAIL;

		t->n_tail += tail;
		if (site->record && site->record->key) {
			site->record->key->sites++;
			site->record->key->tail += tail;
		}
	}
	qsort(t->keys, t->n_keys, sizeof(*t->keys), keys_by_name);
}

#define TARGET(member) offsetof(struct static_call_key_target, member)

static void read_target(struct tables *t, const struct image *image, uint64_t addr,
			const unsigned char *p)
{
	uint64_t target = get64(p + TARGET(target));

	if (!(get64(p + TARGET(clobbers) + 8) & STATIC_CALL_KEY_CLOBBERS_KNOWN))
		problem(t, addr, "entry of a target without a clobber set");
	if (get64(p + TARGET(reserved)))
		problem(t, addr, "entry of a target: reserved field is not zero");
	if (!image->relocatable && !image_import(image, addr + TARGET(target))) {
		const struct region *region = image_region(image, target, 1);

		if (!region || !region->exec)
			problem(t, addr, "entry of a target at 0x%llx, which is not code",
				ull(target));
	}
}

void tables_check(struct tables *t, const struct image *image, bool kernel)
{
	for_each_element(t, image, STATIC_CALL_KEY_RECORDS_SECTION, STATIC_CALL_KEY_RECORD_SIZE,
			 STATIC_CALL_KEY_RECORD_SIZE, read_record);
	/* Sites point into the array of records: it must not grow or move any more. */
	sort_records(t);
	for_each_element(t, image, STATIC_CALL_KEY_SITES_SECTION, STATIC_CALL_KEY_SITE_SIZE, 4,
			 read_site);
	for_each_element(t, image, STATIC_CALL_KEY_TARGETS_SECTION, STATIC_CALL_KEY_TARGET_SIZE, 8,
			 read_target);
	check_offers(t, image);
	if (t->n_sites)
		qsort(t->sites, t->n_sites, sizeof(*t->sites), sites_by_addr);
	check_sites(t, image);
	check_guards(t, image);
	check_bodies(t, image);
	check_dynamics(t, image);
	check_none_lost(t, image);
	if ((t->n_sites || t->n_dynamics) && !kernel)
		check_module(t, image);
	count_keys(t);
}

void tables_free(struct tables *t)
{
	size_t i;

	for (i = 0; i < t->n_problems; i++)
		free(t->problems[i].text);
	free(t->problems);
	free(t->sites);
	free(t->guards);
	free(t->dynamics);
	free(t->records);
	free(t->keys);
}
