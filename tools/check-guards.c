// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The table of guards against the code: is each guard a jump to its slow path that the runtime
 * can patch, and can it go where the entries say? What the entries lead to is reached only
 * when the runtime has patched the guard, so nothing in the file has to branch there.
 */
#include <stdlib.h>
#include <string.h>

#include "static_call-check.h"
#include "static_call_abi.h"

#define WORD         8
#define GUARD(field) offsetof(struct static_call_key_guard, field)

static unsigned long long ull(uint64_t v)
{
	return v;
}

static const char *guard_name(const struct guard *guard)
{
	return guard->record ? guard->record->own.name : "?";
}

static void read_guard(struct tables *t, const struct image *image, uint64_t addr,
		       const unsigned char *p)
{
	struct guard *guard = append(&t->guards, &t->n_guards, &t->room_guards, sizeof(*guard));
	uint64_t record = follow(p + GUARD(record), addr + GUARD(record));

	(void)image;
	guard->entry = addr;
	guard->addr = follow(p, addr);
	guard->flags = record & STATIC_CALL_KEY_GUARD_FLAGS;
	record &= ~(uint64_t)STATIC_CALL_KEY_GUARD_FLAGS;
	guard->record = find_record(t, record);
	guard->slow = follow(p + GUARD(slow), addr + GUARD(slow));
	if (get32(p + GUARD(target)))
		guard->word = follow(p + GUARD(target), addr + GUARD(target));
	if (get32(p + GUARD(body)))
		guard->body = follow(p + GUARD(body), addr + GUARD(body));
	if (!guard->record)
		problem(t, guard->addr, "guard: no record at 0x%llx (entry at 0x%llx)", ull(record),
			ull(addr));
	if (guard->flags & ~(uint32_t)STATIC_CALL_KEY_GUARD_KNOWN)
		problem(t, guard->addr, "guard of %s: unknown flags 0x%x", guard_name(guard),
			guard->flags & ~(uint32_t)STATIC_CALL_KEY_GUARD_KNOWN);
}

static bool is_code(const struct image *image, uint64_t addr, uint64_t size)
{
	const struct region *region = image_region(image, addr, size);

	return region && region->exec && region->data;
}

/* The word of a function: of this file, of another one, or weak and nowhere. */
static void check_word(struct tables *t, const struct image *image, const struct guard *guard)
{
	const unsigned char *p = image_bytes(image, guard->word, WORD);

	if (!p || guard->word % WORD)
		problem(t, guard->addr, "guard of %s: the function's address is at 0x%llx, %s",
			guard_name(guard), ull(guard->word),
			p ? "which is not aligned" : "where no data is");
	else if (!image_import(image, guard->word) && get64(p) && !is_code(image, get64(p), 1))
		problem(t, guard->addr, "guard of %s: the function at 0x%llx is not code",
			guard_name(guard), ull(get64(p)));
}

static void check_entry(struct tables *t, const struct image *image, const struct guard *guard)
{
	if (guard->word)
		check_word(t, image, guard);
	if (!is_code(image, guard->body ? guard->body : guard->addr + CALL_SIZE, 1))
		problem(t, guard->addr, "guard of %s: what it leads to at 0x%llx is not code",
			guard_name(guard),
			ull(guard->body ? guard->body : guard->addr + CALL_SIZE));
}

/* Is there a site that is not wholly before or behind these five bytes? */
static bool overlaps_site(const struct tables *t, uint64_t addr)
{
	size_t low = 0, high = t->n_sites;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (t->sites[middle].addr + CALL_SIZE <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	return low < t->n_sites && t->sites[low].addr < addr + CALL_SIZE;
}

/* The instruction, which all entries of a guard tell of. */
static void check_instruction(struct tables *t, const struct image *image,
			      const struct guard *guard)
{
	const char *name = guard_name(guard), *function;
	const unsigned char *p = image_bytes(image, guard->addr, CALL_SIZE);

	if (!is_code(image, guard->addr, CALL_SIZE)) {
		problem(t, guard->addr, "guard of %s is not code (entry at 0x%llx)", name,
			ull(guard->entry));
		return;
	}
	if (guard->addr % WORD > WORD - CALL_SIZE)
		problem(t, guard->addr, "guard of %s: the jmp is not inside an aligned quadword",
			name);
	if (overlaps_site(t, guard->addr))
		problem(t, guard->addr, "guard of %s overlaps a site", name);
	function = image_function_at(image, guard->addr);
	if (function)
		problem(t, guard->addr,
			"guard of %s is the first instruction of %s: a probe of it would lie on it",
			name, function);
	if (guard->record && guard->record->prelinked)
		check_prelinked(t, guard->addr, guard->record, "guard", form_read(p),
				guard_prelinked(image, guard, &guard->record->initial),
				guard_linked(guard));
	else if (*p != 0xe9)
		problem(t, guard->addr, "guard of %s: opcode %02x, not a five-byte jmp (e9)", name,
			*p);
	else if (follow(p + 1, guard->addr + CALL_SIZE) != guard->slow)
		problem(t, guard->addr, "guard of %s: the jmp leads to 0x%llx, not to 0x%llx", name,
			ull(follow(p + 1, guard->addr + CALL_SIZE)), ull(guard->slow));
	if (!is_code(image, guard->slow, 1))
		problem(t, guard->addr, "guard of %s: the slow path at 0x%llx is not code", name,
			ull(guard->slow));
}

static bool same_guard(const struct guard *a, const struct guard *b)
{
	return a->entry + STATIC_CALL_KEY_GUARD_SIZE == b->entry && a->addr == b->addr &&
	       a->record == b->record && a->slow == b->slow;
}

static int guards_by_addr(const void *a, const void *b)
{
	const struct guard *x = *(struct guard *const *)a, *y = *(struct guard *const *)b;

	if (x->addr != y->addr)
		return x->addr < y->addr ? -1 : 1;
	return x->entry < y->entry ? -1 : x->entry > y->entry;
}

/* firsts: the first entry of each guard. */
static void check_apart(struct tables *t, const struct guard **firsts, size_t n)
{
	size_t i;

	qsort(firsts, n, sizeof(*firsts), guards_by_addr);
	for (i = 1; i < n; i++) {
		const struct guard *one = firsts[i - 1], *other = firsts[i];

		/* Identical code folding leaves equal guards, as it leaves equal sites. */
		if (one->addr == other->addr && one->record == other->record &&
		    one->slow == other->slow)
			continue;
		if (other->addr - one->addr < CALL_SIZE)
			problem(t, other->addr, "guard of %s overlaps the one at 0x%llx",
				guard_name(other), ull(one->addr));
	}
}

void check_guards(struct tables *t, const struct image *image)
{
	const struct guard **firsts;
	size_t i, first = 0;

	for_each_element(t, image, STATIC_CALL_KEY_GUARDS_SECTION, STATIC_CALL_KEY_GUARD_SIZE, 4,
			 read_guard);
	firsts = xcalloc(t->n_guards, sizeof(*firsts));
	for (i = 0; i < t->n_guards; i++) {
		const struct guard *guard = &t->guards[i];

		check_entry(t, image, guard);
		if (guard_ends(guard)) {
			check_instruction(t, image, &t->guards[first]);
			if (i - first >= STATIC_CALL_KEY_GUARD_MAX)
				problem(t, guard->addr, "guard of %s: %zu entries, more than %d",
					guard_name(guard), i - first + 1,
					STATIC_CALL_KEY_GUARD_MAX);
			firsts[t->n_guarded++] = &t->guards[first];
			first = i + 1;
		} else if (i + 1 == t->n_guards || !same_guard(guard, guard + 1)) {
			problem(t, guard->addr,
				"guard of %s: there are more entries, but not "
				"behind the one at 0x%llx",
				guard_name(guard), ull(guard->entry));
		}
	}
	check_apart(t, firsts, t->n_guarded);
	free(firsts);
}
