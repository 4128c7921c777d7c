// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The table of dynamic calls against the code: is each an instruction that the runtime can
 * patch, does it lead to where its state says, and does the code there tell who calls?
 */
#include <stdlib.h>
#include <string.h>

#include "static_call-check.h"
#include "static_call_abi.h"

#define WORD           8

/* Read from a file of unknown make: by offset, not through a pointer. */
#define STATE(field)   offsetof(struct static_call_key_state, field)
#define DYNAMIC(field) offsetof(struct static_call_key_dynamic, field)

static unsigned long long ull(uint64_t v)
{
	return v;
}

static const char *dynamic_kind(const struct dynamic *d)
{
	return d->flags & STATIC_CALL_KEY_DYNAMIC_TAIL ? "jmp" : "call";
}

static bool dynamic_is_code(const struct image *image, uint64_t addr, uint64_t size)
{
	const struct region *region = image_region(image, addr, size);

	return region && region->exec && region->data;
}

/* What a field of a state leads to; 0: nothing. */
static uint64_t state_field(const struct image *image, uint64_t state, size_t field)
{
	const unsigned char *p = image_bytes(image, state + field, 4);

	return p && get32(p) ? follow(p, state + field) : 0;
}

const char *dynamic_name(const struct image *image, const struct dynamic *d)
{
	uint64_t name = state_field(image, d->state, STATE(name));
	const char *string = name ? image_string(image, name) : NULL;

	return string && *string ? string : NULL;
}

static void read_dynamic_call(struct tables *t, const struct image *image, uint64_t addr,
			      const unsigned char *p)
{
	struct dynamic *d = append(&t->dynamics, &t->n_dynamics, &t->room_dynamics, sizeof(*d));
	uint64_t state = follow(p + DYNAMIC(state), addr + DYNAMIC(state));

	(void)image;
	d->entry = addr;
	d->addr = follow(p, addr);
	d->flags = state & STATIC_CALL_KEY_DYNAMIC_FLAGS;
	d->state = state & ~(uint64_t)STATIC_CALL_KEY_DYNAMIC_FLAGS;
}

/* ---- states ---- */

static void check_state_code(struct tables *t, const struct image *image, uint64_t state,
			     size_t field, const char *what)
{
	uint64_t addr = state_field(image, state, field);

	if (!addr)
		problem(t, state, "state of dynamic calls: no %s", what);
	else if (!dynamic_is_code(image, addr, 1))
		problem(t, state, "state of dynamic calls: %s at 0x%llx is not code", what,
			ull(addr));
}

/* Can the state be read at all? */
static bool check_state(struct tables *t, const struct image *image, uint64_t state)
{
	const unsigned char *p = image_bytes(image, state, STATIC_CALL_KEY_STATE_SIZE);
	uint64_t name;
	size_t i;

	if (!p || state % STATIC_CALL_KEY_STATE_SIZE) {
		problem(t, state, "state of dynamic calls: %s",
			p ? "not aligned" : "no data is there");
		return false;
	}
	check_state_code(t, image, state, STATE(entry), "entry");
	check_state_code(t, image, state, STATE(entry_known), "known entry");
	check_state_code(t, image, state, STATE(plain), "plain jump");
	name = state_field(image, state, STATE(name));
	if (name && (!image_string(image, name) || !*image_string(image, name)))
		problem(t, state, "state of dynamic calls: its name is no string");
	for (i = STATE(reserved); i < STATIC_CALL_KEY_STATE_SIZE; i += 4)
		if (get32(p + i)) {
			problem(t, state, "state of dynamic calls: reserved field is not zero");
			break;
		}
	return true;
}

/* ---- sites ---- */

/*
 * Does the code at addr tell who calls: [endbr64 ;] lea id(%rip), %r11 ; jmp known? 0: wherever. In an
 * object it may be relocated yet to where nobody knows.
 */
static bool tells(const struct image *image, uint64_t addr, uint64_t id, uint64_t known)
{
	static const unsigned char endbr64[] = { 0xf3, 0x0f, 0x1e, 0xfa };
	static const unsigned char lea[] = { 0x4c, 0x8d, 0x1d };
	const unsigned char *p = image_bytes(image, addr, 4);

	if (p && !memcmp(p, endbr64, sizeof(endbr64)))
		addr += sizeof(endbr64);
	p = image_bytes(image, addr, 9);
	if (!p || memcmp(p, lea, sizeof(lea)) || follow(p + 3, addr + 7) != id)
		return false;
	addr += 7;
	if (p[7] == 0xeb)
		return !known || addr + 2 + (uint64_t)(int64_t)(int8_t)p[8] == known;
	p = image_bytes(image, addr, 5);
	return p && *p == 0xe9 && (!known || follow(p + 1, addr + 5) == known);
}

/*
 * In a module of the kernel a jump is told of in front of it: lea site(%rip), %r11, and what
 * aligns the jump.
 */
static bool told_before(const struct image *image, uint64_t site)
{
	static const unsigned char lea[] = { 0x4c, 0x8d, 0x1d };
	unsigned int padding;

	for (padding = 0; padding <= WORD - CALL_SIZE + 1; padding++) {
		uint64_t addr = site - padding - 7;
		const unsigned char *p = image_bytes(image, addr, 7);

		if (p && !memcmp(p, lea, sizeof(lea)) && follow(p + 3, addr + 7) == site)
			return true;
	}
	return false;
}

static void check_destination(struct tables *t, const struct image *image, const struct dynamic *d,
			      uint64_t dest)
{
	uint64_t known = state_field(image, d->state, STATE(entry_known));
	uint64_t entry = state_field(image, d->state, STATE(entry));
	bool named = state_field(image, d->state, STATE(name));

	if (!named && !(d->flags & STATIC_CALL_KEY_DYNAMIC_TAIL)) {
		if (dest != entry)
			problem(t, d->addr, "dynamic call: the call leads to 0x%llx, not to 0x%llx",
				ull(dest), ull(entry));
		return;
	}
	if (!named && dest == known && told_before(image, d->addr))
		return;
	/* Each unit of a kernel module has code of its own for what shares a state. */
	if (named && image->relocatable)
		known = 0;
	if (!tells(image, dest, named ? d->state + STATIC_CALL_KEY_STATE_SHARED : d->addr, known))
		problem(t, d->addr,
			"dynamic call: the code at 0x%llx, where the %s leads, does not tell %s",
			ull(dest), dynamic_kind(d), named ? "its state" : "who calls");
}

static void check_dynamic(struct tables *t, const struct image *image, const struct dynamic *d,
			  bool state_ok)
{
	unsigned char opcode = d->flags & STATIC_CALL_KEY_DYNAMIC_TAIL ? 0xe9 : 0xe8;
	const unsigned char *p = image_bytes(image, d->addr, CALL_SIZE);
	const char *function;

	if (d->flags & ~(uint32_t)STATIC_CALL_KEY_DYNAMIC_KNOWN)
		problem(t, d->addr, "dynamic call: unknown flags 0x%x",
			d->flags & ~(uint32_t)STATIC_CALL_KEY_DYNAMIC_KNOWN);
	if (!dynamic_is_code(image, d->addr, CALL_SIZE)) {
		problem(t, d->addr, "dynamic call is not code (entry at 0x%llx)", ull(d->entry));
		return;
	}
	if (d->addr % WORD > WORD - CALL_SIZE)
		problem(t, d->addr, "dynamic call: the %s is not inside an aligned quadword",
			dynamic_kind(d));
	function = image_function_at(image, d->addr);
	if (function)
		problem(t, d->addr,
			"dynamic call is the first instruction of %s: a probe of it would lie on it",
			function);
	if (*p != opcode)
		problem(t, d->addr, "dynamic call: opcode %02x, not a five-byte %s (%02x)", *p,
			dynamic_kind(d), opcode);
	else if (state_ok)
		check_destination(t, image, d, follow(p + 1, d->addr + CALL_SIZE));
}

static int dynamics_by_state(const void *a, const void *b)
{
	const struct dynamic *x = a, *y = b;

	return x->state < y->state ? -1 : x->state > y->state;
}

static int dynamics_by_addr(const void *a, const void *b)
{
	const struct dynamic *x = a, *y = b;

	if (x->addr != y->addr)
		return x->addr < y->addr ? -1 : 1;
	return x->entry < y->entry ? -1 : x->entry > y->entry;
}

static bool same_dynamic(const struct dynamic *a, const struct dynamic *b)
{
	return a->addr == b->addr && a->state == b->state && a->flags == b->flags;
}

/* Do keyed sites, by address, and dynamic ones lie on each other? */
static void check_keyed_apart(struct tables *t)
{
	size_t i, k = 0;

	for (i = 0; i < t->n_dynamics; i++) {
		const struct dynamic *d = &t->dynamics[i];

		while (k < t->n_sites && t->sites[k].addr + CALL_SIZE <= d->addr)
			k++;
		if (k < t->n_sites && t->sites[k].addr < d->addr + CALL_SIZE)
			problem(t, d->addr, "dynamic call overlaps the site at 0x%llx",
				ull(t->sites[k].addr));
	}
}

void check_dynamics(struct tables *t, const struct image *image)
{
	size_t i;

	for_each_element(t, image, STATIC_CALL_KEY_DYNAMICS_SECTION, STATIC_CALL_KEY_DYNAMIC_SIZE,
			 4, read_dynamic_call);
	if (!t->n_dynamics)
		return;
	qsort(t->dynamics, t->n_dynamics, sizeof(*t->dynamics), dynamics_by_state);
	for (i = 0; i < t->n_dynamics; i++) {
		struct dynamic *d = &t->dynamics[i];

		d->state_ok = i && d->state == d[-1].state ? d[-1].state_ok
							   : check_state(t, image, d->state);
	}
	qsort(t->dynamics, t->n_dynamics, sizeof(*t->dynamics), dynamics_by_addr);
	for (i = 0; i < t->n_dynamics; i++) {
		const struct dynamic *d = &t->dynamics[i];

		t->n_dynamic_tail += !!(d->flags & STATIC_CALL_KEY_DYNAMIC_TAIL);
		/* Identical code folding leaves equal entries. */
		if (i && same_dynamic(&d[-1], d))
			continue;
		if (i && d->addr - d[-1].addr < CALL_SIZE)
			problem(t, d->addr, "dynamic call overlaps the one at 0x%llx",
				ull(d[-1].addr));
		check_dynamic(t, image, d, d->state_ok);
	}
	check_keyed_apart(t);
}
