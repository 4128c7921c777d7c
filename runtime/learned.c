// SPDX-License-Identifier: MIT
/*
 * learned.c - what was counted of dynamic calls is made use of: sites get blocks that compare
 * with the frequent targets, or, if there are no such, jump to the target as they did. Where
 * processors predict such jumps, all sites do that but those of states with a name, which the source
 * asks for, until there are more of them than a processor can remember.
 *
 * What it costs. To change any number of sites takes a few system calls, which is as much as
 * some thousand calls. So many are changed together: all that were called often enough, in one
 * switch, and it is due when these are at least an eighth of those that were decided before;
 * the number of such switches grows as the logarithm of the number of sites. Any other is due
 * only when the last one took no more than 1/64 of the time that has gone by since.
 *
 * When targets change. A block counts its misses down, to see whether it is still the right
 * one. Then the calls are counted once more: if the same targets are the frequent ones again,
 * the next look is after twice as many misses, else after as few as at first. So a block that
 * is as good as one can be is left alone for longer and longer, and one that is out of date
 * is not for long.
 */
#include "blocks.h"
#include "learned.h"
#include "port.h"

#if SCRT_PORT_DYNAMIC

#define LEARNED_BUDGET      4096 /* misses, at first, */
#define LEARNED_SINGLE      256  /* ... of a block that sends each of them here */
#define LEARNED_LEVEL_MAX   19   /* doubled so often they are as many as can be counted, nearly */
#define LEARNED_BUDGET_WAIT 1024 /* ... before it is asked again whether a switch is due */
#define LEARNED_BLOCKS_MAX  16   /* of a slot; then it keeps the last one */
#define LEARNED_AGAIN       2    /* so often nothing is learned, and it is for good */
#define LEARNED_PART        8    /* a switch is for so much of those decided before: 1/8 */
#define LEARNED_TIME        64   /* ... or takes so little of the time: 1/64 */

/*
 * Nothing is learned if more than this part of the calls would miss. A jump to %r10 is predicted
 * by itself, if not as well; a thunk never is.
 */
#define LEARNED_MISS        8
#define LEARNED_MISS_THUNK  2
/* One target is all that a call has if no more than this part of the calls misses: 1/1024. */
#define LEARNED_RARE        1024
/*
 * So many jumps to one target each are as many as processors predict well. A call through a block
 * is two branches where the jump is one, and takes up to 1.4 times as long; with some thousand jumps
 * by turns it is those that take 1.5 times as long and more (bench/run learning).
 */
#define LEARNED_MANY        4096
/* A new block is worth it if at least this part of the calls misses less: 1/16. */
#define LEARNED_BETTER      16

/* Has enough time gone by for one more switch? */
static bool learned_has_time(const struct scrt_dynamic *d)
{
	uint64_t now = scrt_clock();

	return now && now - d->since >= d->cost * LEARNED_TIME;
}

bool scrt_learned_is_due(struct scrt_dynamic *d, struct scrt_slot *slot, uint32_t calls)
{
	bool learning = __atomic_load_n(&slot->mode, __ATOMIC_RELAXED) == SCRT_SLOT_LEARNING;

	if (learning && scrt_load(&d->ripe) * LEARNED_PART >= scrt_load(&d->decided))
		return true;
	if (learning && calls >= SCRT_LEARN_LONG)
		return true;
	if (learned_has_time(d))
		return true;
	if (!calls)
		__atomic_store_n(scrt_budget(d, slot), LEARNED_BUDGET_WAIT, __ATOMIC_RELAXED);
	return false;
}

/* ---- what a slot is to be ---- */

/* What was counted, most frequent first. */
struct learned_counts {
	unsigned int n;
	uint64_t sum;    /* of all, others too */
	uint64_t missed; /* of them, those of targets that were not chosen */
	uint32_t count[SCRT_BLOCK_TARGETS];
	uintptr_t target[SCRT_BLOCK_TARGETS];
};

static void learned_read(const struct scrt_slot *slot, struct learned_counts *c)
{
	unsigned int i, k;

	c->n = 0;
	c->sum = scrt_load(&slot->other);
	for (i = 0; i < SCRT_BLOCK_TARGETS; i++) {
		uintptr_t target = __atomic_load_n(&slot->target[i], __ATOMIC_RELAXED);
		uint32_t count = scrt_load(&slot->count[i]);

		c->sum += count;
		if (!target || !count)
			continue;
		for (k = c->n++; k && c->count[k - 1] < count; k--) {
			c->count[k] = c->count[k - 1];
			c->target[k] = c->target[k - 1];
		}
		c->count[k] = count;
		c->target[k] = target;
	}
}

static bool learned_is_thunk(const struct scrt_slot *slot)
{
	uintptr_t plain = scrt_relative(&scrt_slot_state(slot)->plain);

	return !scrt_plain_jump((const uint8_t *)plain);
}

/*
 * Keep those that are worth a comparison; none, if all together are not. Where processors predict
 * the jump, they do it as well as they predict comparisons for most mixtures of targets, and
 * better for some: there, unless the source asks for the call to learn, one target has to be the
 * usual one.
 */
static void learned_choose(const struct scrt_dynamic *d, const struct scrt_slot *slot,
			   struct learned_counts *c)
{
	bool thunk = learned_is_thunk(slot), one = !thunk && !scrt_id_shared(slot->id);
	unsigned int part = thunk ? LEARNED_MISS_THUNK : LEARNED_MISS, i, n = 0;

	c->missed = c->sum;
	for (i = 0; i < c->n; i++) {
		if ((uint64_t)c->count[i] * SCRT_LEARN_SHARE < c->sum ||
		    !scrt_block_reaches(d, c->target[i]))
			continue;
		c->missed -= c->count[i];
		c->count[n] = c->count[i];
		c->target[n++] = c->target[i];
	}
	c->n = n;
	if (c->missed * part > c->sum || (n && one && (c->sum - c->count[0]) * part > c->sum))
		c->n = 0;
}

/* Is this block as good as one for what was chosen, or nearly? */
static bool learned_serves(const struct scrt_dynamic *d, uint32_t block,
			   const struct learned_counts *c)
{
	uintptr_t has[SCRT_BLOCK_TARGETS];
	unsigned int n = scrt_block_targets(d, block, has), i, k;
	uint64_t lost = 0;

	for (i = 0; i < c->n; i++) {
		for (k = 0; k < n && has[k] != c->target[i]; k++)
			;
		if (k == n)
			lost += c->count[i];
	}
	return n && lost * LEARNED_BETTER <= c->sum;
}

/*
 * One that there is, best of all the last one; or a new one; 0: there is no room. Hits are
 * counted for each slot, which no block that slots share can do.
 */
static uint32_t learned_block(struct scrt_dynamic *d, struct scrt_slot *slot,
			      const struct learned_counts *c)
{
	uint32_t block;

	if (!d->hits && c->n == 1 && c->missed * LEARNED_RARE <= c->sum)
		return scrt_block_single(d, slot, c->target[0]);
	if (!scrt_block_single_has(d, slot->block) && learned_serves(d, slot->block, c))
		return slot->block;
	for (block = slot->newest; block; block = scrt_block_older(d, block))
		if (learned_serves(d, block, c))
			return block;
	if (slot->blocks < LEARNED_BLOCKS_MAX)
		return scrt_block_make(d, slot, c->target, c->n);
	slot->level = LEARNED_LEVEL_MAX;
	return slot->block;
}

/* Count anew. The targets stay: what was frequent has the first chance to be so again. */
static void learned_reset(struct scrt_dynamic *d, struct scrt_slot *slot)
{
	struct scrt_hits *hits = d->hits ? &d->hits[slot - d->slots] : NULL;
	unsigned int i;

	d->counted += scrt_load(&slot->total);
	for (i = 0; i < SCRT_BLOCK_TARGETS; i++) {
		scrt_store(&slot->count[i], 0);
		if (hits) {
			d->hit += hits->target[i];
			hits->target[i] = 0;
		}
	}
	if (hits) {
		d->missed += hits->miss;
		hits->miss = 0;
	}
	scrt_store(&slot->other, 0);
	scrt_store(&slot->total, 0);
	scrt_store(&slot->strays, 0);
}

static void learned_budget(const struct scrt_dynamic *d, struct scrt_slot *slot, uint32_t block)
{
	bool single = scrt_block_single_has(d, block);
	uint64_t budget = (uint64_t)(single ? LEARNED_SINGLE : LEARNED_BUDGET) << slot->level;

	__atomic_store_n(scrt_budget(d, slot), budget > INT32_MAX ? INT32_MAX : budget,
			 __ATOMIC_RELAXED);
}

/* No block: the site is what it would have been; or it jumps by itself, or to the module's thunk. */
static uint32_t learned_give_up(struct scrt_dynamic *d, struct scrt_slot *slot)
{
	uint32_t block;

	if (!d->hits && scrt_blocks_may_jump(d, slot))
		return SCRT_NEXT_JUMP;
	block = !d->hits && learned_is_thunk(slot) ? 0 : scrt_block_make(d, slot, NULL, 0);
	return block ? block : SCRT_NEXT_PLAIN;
}

/* Is there nothing to be gained, whatever its targets are, if the source does not ask for it? */
static bool learned_is_predicted(const struct scrt_dynamic *d, const struct scrt_slot *slot)
{
	return !d->state->many && !d->hits && !scrt_id_shared(slot->id) &&
	       scrt_blocks_may_jump(d, slot);
}

/* Is this a description of how calls are made that can be understood? */
static bool learned_knows(const struct scrt_slot *slot)
{
	const struct static_call_key_state *state = scrt_slot_state(slot);
	unsigned int i;

	for (i = 0; i < sizeof(state->reserved) / sizeof(state->reserved[0]); i++)
		if (state->reserved[i])
			return false;
	return state->entry && state->plain && state->entry_known &&
	       !scrt_id_shared(slot->id) == !state->name;
}

static void learned_decide_slot(struct scrt_dynamic *d, struct scrt_slot *slot)
{
	struct learned_counts c;
	uint32_t next;

	if (!learned_knows(slot)) {
		slot->mode = SCRT_SLOT_REFUSED;
		return;
	}
	if (learned_is_predicted(d, slot)) {
		slot->next = SCRT_NEXT_JUMP;
		d->decided++;
		return;
	}
	learned_read(slot, &c);
	learned_choose(d, slot, &c);
	if (!c.n && slot->jumps) {
		slot->again = LEARNED_AGAIN;
		return;
	}
	if (!c.n) {
		/* It may have begun with what never came again. */
		if (slot->again++ == 0) {
			learned_reset(d, slot);
			return;
		}
		slot->again = LEARNED_AGAIN;
		slot->next = learned_give_up(d, slot);
		d->decided++;
		return;
	}
	next = learned_block(d, slot, &c);
	/* Without room for a block the call does not count for ever. */
	if (!next)
		next = slot->block ? slot->block : SCRT_NEXT_PLAIN;
	if (next != slot->block)
		slot->level = 0;
	else if (slot->level < LEARNED_LEVEL_MAX)
		slot->level++;
	slot->next = next;
	learned_budget(d, slot, next);
	d->decided++;
}

/* ---- switches ---- */

/* Jumps that were left to the processor are looked at once more when they are too many for it. */
static bool learned_is_ripe(const struct scrt_dynamic *d, const struct scrt_slot *slot,
			    uint32_t least)
{
	if (slot->jumps)
		return d->state->many && slot->again < LEARNED_AGAIN;
	return slot->id && slot->mode == SCRT_SLOT_LEARNING && scrt_load(&slot->total) >= least;
}

/* Are jumps that are left to the processor more than it remembers, with those that are ripe? */
static void learned_see_many(struct scrt_dynamic *d, uint32_t least)
{
	uint32_t n = scrt_slots(d), i, jumps = d->state->jumps;

	for (i = 0; i < n; i++)
		jumps += learned_is_ripe(d, &d->slots[i], least) &&
			 learned_is_predicted(d, &d->slots[i]);
	if (jumps >= LEARNED_MANY)
		d->state->many = true;
}

/* How many slots are to be decided? None of them is on its way. */
static size_t learned_count(struct scrt_dynamic *d, uint32_t least)
{
	uint32_t n = scrt_slots(d), i;
	size_t ripe = 0;

	learned_see_many(d, least);
	for (i = 0; i < n; i++) {
		d->slots[i].next = 0;
		ripe += learned_is_ripe(d, &d->slots[i], least);
	}
	return ripe;
}

/* Nothing is learned from now on. Sites stay where they are: that is right always. */
static void learned_stop(struct scrt_dynamic *d, int err)
{
	d->why = err;
	__atomic_store_n(&d->desc->learn, 0, __ATOMIC_RELEASE);
}

/* Blocks for all that is ripe; then what the others, and those, lead to. */
static int learned_blocks(struct scrt_dynamic *d, uint32_t least)
{
	size_t ripe = learned_count(d, least);
	uint32_t n = scrt_slots(d), i;
	int err;

	if (!ripe)
		return 0;
	err = scrt_blocks_open(d, ripe);
	if (err)
		return err;
	for (i = 0; i < n && ripe; i++) {
		if (!learned_is_ripe(d, &d->slots[i], least))
			continue;
		learned_decide_slot(d, &d->slots[i]);
		ripe--;
	}
	err = scrt_blocks_close(d);
	scrt_text_changed(d->code_lo, d->code_at);
	/* F: blocks are written before a site leads there. */
	scrt_sync_cores(d->state);
	return err;
}

/* E: busy, and the partner is enter_recover(), as in txn.c. */
static void learned_begin(struct scrt_dynamic *d)
{
	scrt_publish(&d->state->busy, true);
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
}

static void learned_end(struct scrt_dynamic *d, int err)
{
	scrt_publish(&d->state->busy, false);
	if (err)
		learned_stop(d, err);
}

static int learned_change(struct scrt_dynamic *d, uint32_t least, struct scrt_slot *slot)
{
	int err = learned_blocks(d, least);

	if (err)
		return err;
	if (slot && slot->mode == SCRT_SLOT_LEARNED && scrt_budget_left(d, slot) < 0)
		slot->next = SCRT_NEXT_LINKED;
	else if (slot && slot->mode == SCRT_SLOT_LEARNED)
		slot->next = slot->block;
	else if (slot && slot->mode == SCRT_SLOT_GIVEN_UP)
		slot->next = slot->jumps   ? SCRT_NEXT_JUMP
			     : slot->block ? slot->block
					   : SCRT_NEXT_PLAIN;
	if (slot && slot->next == SCRT_NEXT_LINKED) {
		learned_reset(d, slot);
		slot->again = 0;
	}
	d->switches++;
	scrt_store(&d->ripe, 0);
	return scrt_blocks_lead(d);
}

void scrt_learned_switch(struct scrt_dynamic *d, struct scrt_slot *slot)
{
	uint64_t start = scrt_spent();

	learned_begin(d);
	learned_end(d, learned_change(d, SCRT_LEARN_RIPE, slot));
	d->cost = scrt_spent() - start;
	d->since = scrt_clock();
}

void scrt_learned_decide(struct scrt_dynamic *d, uint32_t least)
{
	learned_begin(d);
	learned_end(d, learned_change(d, least, NULL));
}

/* Is a slot to begin anew: if it has learned anything at all, or (not all) nothing, but might? */
static bool learned_begins_anew(const struct scrt_dynamic *d, const struct scrt_slot *slot,
				bool all)
{
	if (!slot->id)
		return false;
	if (slot->mode == SCRT_SLOT_GIVEN_UP)
		return all || !slot->jumps || !learned_is_predicted(d, slot);
	return all && slot->mode == SCRT_SLOT_LEARNED;
}

/* Lead sites that do not yet lead as they were linked there. */
static int learned_unlearn(struct scrt_dynamic *d, bool all)
{
	uint32_t n = scrt_slots(d), i;
	int err;

	learned_begin(d);
	for (i = 0; i < n; i++) {
		struct scrt_slot *slot = &d->slots[i];

		slot->next = 0;
		if (!learned_begins_anew(d, slot, all))
			continue;
		slot->next = SCRT_NEXT_LINKED;
		slot->again = 0;
		learned_reset(d, slot);
	}
	err = scrt_blocks_lead(d);
	scrt_publish(&d->state->busy, false);
	return err;
}

void scrt_learned_wake(struct scrt_dynamic *d)
{
	uint32_t n = scrt_slots(d), i;
	int err = learned_unlearn(d, false);

	for (i = 0; i < n; i++) {
		struct scrt_slot *slot = &d->slots[i];

		if (slot->mode != SCRT_SLOT_LEARNED)
			continue;
		slot->level = 0;
		learned_budget(d, slot, slot->block);
	}
	if (err)
		learned_stop(d, err);
}

int scrt_learned_undo(struct scrt_dynamic *d)
{
	return learned_unlearn(d, true);
}

void scrt_learned_recover(struct scrt_dynamic *d)
{
	uint32_t n = scrt_slots(d), i;

	scrt_blocks_close(d);
	for (i = 0; i < n; i++)
		d->slots[i].next = 0;
}

#endif /* SCRT_PORT_DYNAMIC */
