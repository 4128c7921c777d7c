// SPDX-License-Identifier: MIT
/*
 * blocks.c - code for learned calls is written, and sites are led there.
 *
 * A block is complete, and all cores have been told (F), before a site leads to it. It is never
 * changed then and its place never used again while the module is registered: a thread may
 * stand in it. Each that was made for a slot stays known, so that calls which go back and forth
 * between two mixes of targets need two blocks, and no more; those for one target stay known to all
 * slots.
 *
 * Each site leads to its entry as linked, to plain code that jumps to %r10, to a block, or
 * is that jump, and all these are right at any time: there is nothing to take back when the
 * change ends half-way. First bytes stay what they were linked as, unless a site is that jump,
 * so a breakpoint on a site may be set, stepped over and removed at any time; see sites.c.
 *
 * E: open_lo and open_hi tell a forked child what code may be writable.
 */
#include "blocks.h"
#include "port.h"
#include "txn.h"

#if SCRT_PORT_DYNAMIC

/* ---- memory for code ---- */

int scrt_blocks_open(struct scrt_dynamic *d, size_t n)
{
	/* Each begins behind the last one, the start of the one before, and a boundary. */
	size_t most = n * (SCRT_BLOCK_MAX + SCRT_BLOCK_LINE);
	uintptr_t lo = scrt_text_start(d->code_at), hi;
	int err;

	if (!n)
		return 0;
	hi = most > d->code_hi - d->code_at ? d->code_hi : scrt_text_end(d->code_at + most);
	if (hi <= lo)
		return 0;
	scrt_publish(&d->open_lo, lo);
	scrt_publish(&d->open_hi, hi);
	err = scrt_text_open(d->module, lo, hi);
	if (err)
		scrt_blocks_close(d);
	return err;
}

int scrt_blocks_close(struct scrt_dynamic *d)
{
	int err;

	if (!d->open_hi)
		return 0;
	err = scrt_text_close(d->module, d->open_lo, d->open_hi);
	if (!err)
		scrt_publish(&d->open_hi, 0);
	return err;
}

/* ---- blocks ---- */

static const uint8_t *block_code(const struct scrt_dynamic *d, uint32_t block)
{
	return (const uint8_t *)d + block;
}

/* In front of each: the one before it. */
static uint32_t *block_before(const struct scrt_dynamic *d, uint32_t block)
{
	return (uint32_t *)((uintptr_t)d + block - sizeof(uint32_t));
}

unsigned int scrt_block_targets(const struct scrt_dynamic *d, uint32_t block,
				uintptr_t target[SCRT_BLOCK_TARGETS])
{
	return block ? scrt_block_read(block_code(d, block), target) : 0;
}

uint32_t scrt_block_older(const struct scrt_dynamic *d, uint32_t block)
{
	return *block_before(d, block);
}

static bool block_is_near(uintptr_t from, uintptr_t to)
{
	ptrdiff_t distance = to - from;

	return distance == (int32_t)distance;
}

bool scrt_block_reaches(const struct scrt_dynamic *d, uintptr_t target)
{
	return block_is_near(d->code_lo, target) && block_is_near(d->code_hi, target);
}

static bool block_is(const struct scrt_dynamic *d, uint32_t block, const uintptr_t *target,
		     unsigned int n)
{
	uintptr_t has[SCRT_BLOCK_TARGETS];
	unsigned int i, k;

	if (scrt_block_targets(d, block, has) != n)
		return false;
	for (i = 0; i < n; i++) {
		for (k = 0; k < n && has[k] != target[i]; k++)
			;
		if (k == n)
			return false;
	}
	return true;
}

static struct scrt_block block_of(const struct scrt_dynamic *d, struct scrt_slot *slot,
				  const uintptr_t *target, unsigned int n)
{
	const struct static_call_key_state *state = scrt_slot_state(slot);
	struct scrt_block b = {
		.n = n,
		.plain = scrt_relative(&state->plain),
		.known = scrt_relative(&state->entry_known),
		.id = slot->id,
		.budget = n ? (uintptr_t)&slot->budget : 0,
		.hits = d->hits ? (uintptr_t)&d->hits[slot - d->slots] : 0,
	};
	unsigned int i;

	for (i = 0; i < n; i++)
		b.target[i] = target[i];
	return b;
}

/* Is there room for so many bytes here? If not, nothing more is written. */
static bool block_fits(struct scrt_dynamic *d, uintptr_t at, size_t bytes)
{
	if (d->open_hi && at >= d->open_lo && at + bytes <= d->open_hi)
		return true;
	d->full = true;
	return false;
}

/* E: what is used grows when the block is there. */
static uint32_t block_put(struct scrt_dynamic *d, uintptr_t at, const uint8_t *code, size_t bytes)
{
	size_t i;

	for (i = 0; i < bytes; i++)
		((uint8_t *)at)[i] = code[i];
	scrt_publish(&d->code_at, at + bytes);
	return at - (uintptr_t)d;
}

uint32_t scrt_block_make(struct scrt_dynamic *d, struct scrt_slot *slot, const uintptr_t *target,
			 unsigned int n)
{
	struct scrt_block b = block_of(d, slot, target, n);
	uint8_t code[SCRT_BLOCK_MAX];
	uint32_t block;
	uintptr_t at;
	size_t bytes;

	for (block = slot->newest; block; block = *block_before(d, block))
		if (block_is(d, block, target, n))
			return block;
	at = scrt_block_start(d->code_at + sizeof(uint32_t), 1);
	bytes = scrt_block_write(code, at, &b);
	at = scrt_block_start(at, bytes);
	if (!block_fits(d, at, bytes))
		return 0;
	scrt_block_write(code, at, &b);
	block = block_put(d, at, code, bytes);
	scrt_perf_code(d->state, at, bytes,
		       scrt_id_shared(slot->id) ? slot->id - STATIC_CALL_KEY_STATE_SHARED
						: slot->id,
		       false);
	*block_before(d, block) = slot->newest;
	/* E: and so does the chain. */
	scrt_publish(&slot->newest, block);
	slot->blocks++;
	return block;
}

/* ---- blocks for one target, in a hash table of the module ---- */

static bool block_is_same(const struct scrt_dynamic *d, uint32_t block, const struct scrt_single *b)
{
	const uint8_t *has = block_code(d, block);
	uint8_t code[SCRT_BLOCK_MAX];
	size_t bytes = scrt_single_write(code, (uintptr_t)has, b), i;

	for (i = 0; i < bytes && has[i] == code[i]; i++)
		;
	return i == bytes;
}

/* The place of this block in the table, or a free one for it; NULL: there is none. */
static uint32_t *block_place(const struct scrt_dynamic *d, const struct scrt_single *b)
{
	uint32_t key = scrt_slot_key(d, b->target) ^ (uint32_t)b->id;
	uint32_t at = scrt_slot_hash(d, key), mask = scrt_slot_mask(d);
	unsigned int n;

	for (n = 0; n < SCRT_SLOT_PROBES; n++, at = (at + 1) & mask)
		if (!d->singles[at] || block_is_same(d, d->singles[at], b))
			return &d->singles[at];
	return NULL;
}

uint32_t scrt_block_single(struct scrt_dynamic *d, const struct scrt_slot *slot, uintptr_t target)
{
	const struct static_call_key_state *state = scrt_slot_state(slot);
	struct scrt_single b = {
		.target = target,
		.entry = slot->call ? scrt_relative(&state->entry) : 0,
		.known = slot->call ? 0 : scrt_relative(&state->entry_known),
		.id = slot->call ? 0 : slot->id,
	};
	uint32_t *place = block_place(d, &b);
	uint8_t code[SCRT_BLOCK_MAX];
	uintptr_t at;
	size_t bytes;

	if (!place || *place)
		return place ? *place : 0;
	bytes = scrt_single_write(code, d->code_at, &b);
	at = scrt_block_start(d->code_at, bytes);
	if (!block_fits(d, at, bytes))
		return 0;
	scrt_single_write(code, at, &b);
	/* E: it is there before it can be found. */
	scrt_publish(place, block_put(d, at, code, bytes));
	scrt_perf_code(d->state, at, bytes, target, true);
	return *place;
}

bool scrt_block_single_has(const struct scrt_dynamic *d, uint32_t block)
{
	return block && scrt_block_is_single(block_code(d, block));
}

/* ---- sites ---- */

/* What a walk over the sites of slots with .next is for. */
struct lead_walk {
	struct scrt_dynamic *d;
	uintptr_t lo, hi; /* of these sites */
	enum {
		LEAD_MEASURE, /* where are they? */
		LEAD_CHECK,   /* ... those that are in code of the module; others are refused */
		LEAD_WRITE,   /* lead them */
	} what;
};

static uintptr_t lead_plain(const struct scrt_slot *slot)
{
	return scrt_relative(&scrt_slot_state(slot)->plain);
}

/* Where the slot's sites shall lead; 0: they stay. */
static uintptr_t lead_to(const struct scrt_dynamic *d, const struct scrt_slot *slot)
{
	switch (slot->next) {
	case SCRT_NEXT_PLAIN:
	case SCRT_NEXT_JUMP:
		return lead_plain(slot);
	case SCRT_NEXT_LINKED:
		return slot->linked;
	default:
		return (uintptr_t)d + slot->next;
	}
}

/* Is this how a site of the slot leads as linked? */
static bool lead_is_linked(const struct scrt_slot *slot, uintptr_t destination)
{
	const struct static_call_key_state *state = scrt_slot_state(slot);

	if (destination == slot->linked)
		return true;
	if (!scrt_id_shared(slot->id) && destination == scrt_relative(&state->entry))
		return true;
	return scrt_readable(destination) &&
	       scrt_readable(destination + SCRT_CODE_TELLS_BYTES - 1) &&
	       scrt_code_tells((const uint8_t *)destination, slot->id,
			       scrt_relative(&state->entry_known));
}

static bool lead_is_ours(const struct scrt_dynamic *d, const struct scrt_slot *slot,
			 uintptr_t destination)
{
	return destination == lead_plain(slot) ||
	       (destination >= d->code_lo && destination < d->code_hi);
}

bool scrt_blocks_may_jump(const struct scrt_dynamic *d, const struct scrt_slot *slot)
{
	return SCRT_PORT_BODIES && !d->state->calls &&
	       scrt_plain_in_site((const uint8_t *)lead_plain(slot), false);
}

/* Is the site a jump to %r10 itself? The opcode of a branch in its place; or 0. */
static uint64_t lead_jump_opcode(uint64_t form)
{
	if (scrt_form_rest(form) == scrt_form_rest(SCRT_FORM_CALL_R10))
		return SCRT_OPCODE_CALL;
	return scrt_form_rest(form) == scrt_form_rest(SCRT_FORM_JMP_R10) ? SCRT_OPCODE_JMP : 0;
}

/* The form that a site shall have which holds, or would hold, a branch with this opcode; or 0. */
static uint64_t lead_form(const struct scrt_dynamic *d, const struct scrt_slot *slot,
			  uintptr_t address, uint64_t opcode)
{
	bool tail = opcode == SCRT_OPCODE_JMP;
	struct scrt_site site = { .address = address };
	uintptr_t to = lead_to(d, slot);

	if (slot->next == SCRT_NEXT_JUMP && opcode != SCRT_OPCODE_INT3 &&
	    scrt_plain_in_site((const uint8_t *)lead_plain(slot), tail))
		return tail ? SCRT_FORM_JMP_R10 : SCRT_FORM_CALL_R10;
	if (!to || !scrt_in_reach(&site, to))
		return 0;
	return scrt_form_with(scrt_branch(&site, to), opcode);
}

/*
 * Let this site lead to where its slot shall; 0 or -EILSEQ: it holds something else. Under a
 * breakpoint no site becomes a jump of its own, and none that is one is changed: who removes
 * the breakpoint puts back what was found.
 */
static int lead_site(struct scrt_dynamic *d, struct scrt_slot *slot, uintptr_t address)
{
	uint64_t old, opcode, wanted;
	uintptr_t destination;

	if ((address & 7) > 8 - SCRT_SITE_BYTES)
		return -EILSEQ;
	do {
		old = scrt_form_read(address);
		opcode = old & SCRT_OPCODE_MASK;
		if (lead_jump_opcode(old) && opcode == SCRT_OPCODE_INT3)
			return 0;
		if (lead_jump_opcode(old) && opcode == SCRT_PREFIX_NONE) {
			opcode = lead_jump_opcode(old);
		} else {
			if (opcode != SCRT_OPCODE_CALL && opcode != SCRT_OPCODE_JMP &&
			    (!SCRT_PORT_BREAKPOINTS || opcode != SCRT_OPCODE_INT3))
				return -EILSEQ;
			destination =
				scrt_destination(address, scrt_form_with(old, SCRT_OPCODE_CALL));
			if (lead_is_ours(d, slot, destination))
				;
			else if (lead_is_linked(slot, destination))
				slot->linked = destination;
			else
				return -EILSEQ;
		}
		wanted = lead_form(d, slot, address, opcode);
		if (!wanted)
			return -EILSEQ;
	} while (wanted != old && !scrt_text_replace(d->module, address, old, wanted, wanted));
	return 0;
}

/*
 * The module's code is [text_lo, text_hi), as far as the runtime has looked at it. Is this more
 * of it, and if so, is all of that code?
 */
static int lead_check_text(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	uintptr_t was_lo = m->text_lo, was_hi = m->text_hi;
	int err;

	lo &= ~(uintptr_t)7;
	hi = (hi & ~(uintptr_t)7) + 16;
	if (was_hi && lo >= was_lo && hi <= was_hi)
		return 0;
	scrt_publish(&m->text_lo, was_hi && was_lo < lo ? was_lo : lo);
	scrt_publish(&m->text_hi, was_hi > hi ? was_hi : hi);
	err = scrt_text_check(m);
	if (err >= 0) {
		m->writable = err;
		return 0;
	}
	scrt_publish(&m->text_lo, was_lo);
	scrt_publish(&m->text_hi, was_hi);
	return err;
}

/* Where sites share a state, one that is not in code does not keep the others from being led. */
static bool lead_in_text(const struct scrt_module *m, uintptr_t address)
{
	return address >= m->text_lo && address + SCRT_SITE_BYTES <= m->text_hi;
}

static void lead_walk_site(struct lead_walk *w, struct scrt_slot *slot, uintptr_t address)
{
	int err = 0;

	if (w->what == LEAD_WRITE)
		err = lead_in_text(w->d->module, address) ? lead_site(w->d, slot, address)
							  : -EFAULT;
	if (w->what == LEAD_CHECK)
		err = lead_check_text(w->d->module, address, address);
	if (err && !scrt_id_shared(slot->id)) {
		slot->mode = SCRT_SLOT_REFUSED;
		slot->next = 0;
	}
	if (err || w->what == LEAD_WRITE)
		return;
	w->lo = address < w->lo ? address : w->lo;
	w->hi = address > w->hi ? address : w->hi;
}

/* Sites that share a state are found in the module's table, the others by their slot. */
static void lead_walk_shared(struct lead_walk *w)
{
	uintptr_t page = 0;
	const struct static_call_key_module *desc = w->d->desc;
	const struct static_call_key_dynamic *e =
		(const struct static_call_key_dynamic *)(uintptr_t)desc->dynamics_start;
	const struct static_call_key_dynamic *end =
		(const struct static_call_key_dynamic *)(uintptr_t)desc->dynamics_stop;

	for (; e < end; e++) {
		uintptr_t state = scrt_relative(&e->state);
		struct scrt_slot *slot;

		if (state & STATIC_CALL_KEY_DYNAMIC_FLAGS & ~STATIC_CALL_KEY_DYNAMIC_KNOWN)
			continue;
		state &= ~(uintptr_t)STATIC_CALL_KEY_DYNAMIC_FLAGS;
		if (!scrt_readable_next(state, &page) ||
		    !((const struct static_call_key_state *)state)->name)
			continue;
		slot = scrt_slot_find(w->d, state | STATIC_CALL_KEY_STATE_SHARED);
		if (slot && slot->next)
			lead_walk_site(w, slot, scrt_relative(&e->site));
	}
}

static void lead_walk(struct lead_walk *w)
{
	uint32_t n = scrt_slots(w->d), i;
	bool shared = false;

	for (i = 0; i < n; i++) {
		struct scrt_slot *slot = &w->d->slots[i];

		if (!slot->next)
			continue;
		if (scrt_id_shared(slot->id))
			shared = true;
		else
			lead_walk_site(w, slot, slot->id);
	}
	if (shared)
		lead_walk_shared(w);
}

/* Not all of these sites are in code: which are? */
static void lead_check_each(struct lead_walk *w)
{
	w->lo = UINTPTR_MAX;
	w->hi = 0;
	w->what = LEAD_CHECK;
	lead_walk(w);
}

/* The sites lead there: let the slots say so, or that nothing has changed. */
static void lead_end(struct scrt_dynamic *d, bool done)
{
	uint32_t n = scrt_slots(d), i;

	for (i = 0; i < n; i++) {
		struct scrt_slot *slot = &d->slots[i];
		uintptr_t target[SCRT_BLOCK_TARGETS];
		uint32_t next = slot->next;
		uint8_t mode = SCRT_SLOT_GIVEN_UP;

		if (!next)
			continue;
		slot->next = 0;
		if (!done)
			continue;
		d->state->jumps += (next == SCRT_NEXT_JUMP) - slot->jumps;
		slot->jumps = next == SCRT_NEXT_JUMP;
		if (next == SCRT_NEXT_LINKED)
			mode = SCRT_SLOT_LEARNING;
		else if (next != SCRT_NEXT_PLAIN && next != SCRT_NEXT_JUMP) {
			slot->block = next;
			if (scrt_block_targets(d, next, target))
				mode = SCRT_SLOT_LEARNED;
		}
		__atomic_store_n(&slot->mode, mode, __ATOMIC_RELEASE);
	}
}

int scrt_blocks_lead(struct scrt_dynamic *d)
{
	struct lead_walk w = { .d = d, .lo = UINTPTR_MAX };
	struct scrt_module *m = d->module;
	int err;

	lead_walk(&w);
	if (!w.hi)
		return 0;
	err = lead_check_text(m, w.lo, w.hi);
	if (err == -EFAULT) {
		lead_check_each(&w);
		err = 0;
	}
	if (!w.hi)
		return 0;
	if (!err)
		err = scrt_window_open(m, w.lo, w.hi + SCRT_SITE_BYTES);
	if (!err) {
		w.what = LEAD_WRITE;
		lead_walk(&w);
		scrt_text_changed(w.lo, w.hi + SCRT_SITE_BYTES);
		scrt_window_close(d->state, m);
		/* F: the stores to the sites are done. */
		scrt_sync_cores(d->state);
	}
	lead_end(d, !err);
	return err;
}

#endif /* SCRT_PORT_DYNAMIC */
