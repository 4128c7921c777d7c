// SPDX-License-Identifier: MIT
/*
 * learn.c - dynamic calls are counted, by the threads that make them.
 *
 * A site as linked leads here while its module learns. Each call finds the slot of its site,
 * counts its target, and goes on; after some of them the thread that counts decides what the
 * site, and others that have been called often, shall lead to (learned.c). There is no thread
 * and no signal for it.
 *
 * Whatever happens here, the call then jumps to the target that it came with. So nothing has
 * to be exact: two threads that count at once lose a count, a full table counts no more.
 *
 * This code runs in the middle of a call, with arguments in registers of all kinds, on any
 * stack, perhaps in a signal handler that has interrupted it or the rest of the runtime. It
 * uses general registers only (-mgeneral-regs-only), waits for nothing, allocates nothing, and
 * makes no system call but to decide. Then signals are held back: a handler that leaves by
 * longjmp() would never return the lock.
 */
#include "blocks.h"
#include "enter.h"
#include "learn.h"
#include "learned.h"
#include "port.h"

#if SCRT_PORT_DYNAMIC

/* The number of an unused slot + 1; 0: there is none left. */
static uint32_t learn_take(struct scrt_dynamic *d, uintptr_t id, uintptr_t state, bool call)
{
	uint32_t n;

	if (scrt_load(&d->nslots) >= d->max_slots)
		return 0;
	n = __atomic_fetch_add(&d->nslots, 1, __ATOMIC_RELAXED);
	if (n >= d->max_slots)
		return 0;
	d->slots[n].state = state;
	d->slots[n].call = call;
	__atomic_store_n(&d->slots[n].id, id, __ATOMIC_RELEASE);
	return n + 1;
}

/*
 * A slot is taken first and then entered: a thread
 * that is stopped in between, or forked, has taken one in vain, and blocks nobody.
 */
struct scrt_slot *scrt_slot_take(struct scrt_dynamic *d, uintptr_t id, uintptr_t state, bool call)
{
	uint32_t key = scrt_slot_key(d, id), mask = scrt_slot_mask(d), taken = 0;
	uint32_t at = scrt_slot_hash(d, key);
	unsigned int n;

	for (n = 0; n < SCRT_SLOT_PROBES; n++, at = (at + 1) & mask) {
		uint64_t word = __atomic_load_n(&d->index[at], __ATOMIC_ACQUIRE);

		if (!word) {
			if (!taken)
				taken = learn_take(d, id, state, call);
			if (!taken)
				return NULL;
			if (__atomic_compare_exchange_n(&d->index[at], &word,
							(uint64_t)key << 32 | taken, false,
							__ATOMIC_RELEASE, __ATOMIC_ACQUIRE))
				return &d->slots[taken - 1];
		}
		if (word >> 32 == key) {
			if (taken)
				__atomic_store_n(&d->slots[taken - 1].id, 0, __ATOMIC_RELEASE);
			return &d->slots[(uint32_t)word - 1];
		}
	}
	return NULL;
}

static uint32_t learn_increment(uint32_t *count)
{
	uint32_t n = scrt_load(count) + 1;

	scrt_store(count, n);
	return n;
}

/*
 * A target that has no place: it gets that of the rarest, if this has been rare for some time.
 * So there is a place for what becomes frequent, and what is frequent keeps its own.
 */
static void learn_replace(struct scrt_slot *slot, uintptr_t target)
{
	uint32_t total = scrt_load(&slot->total), least = scrt_load(&slot->count[0]), count;
	unsigned int i, rarest = 0;

	for (i = 1; i < SCRT_BLOCK_TARGETS; i++) {
		count = scrt_load(&slot->count[i]);
		if (count < least) {
			least = count;
			rarest = i;
		}
	}
	if (total < SCRT_LEARN_RIPE || least > total / SCRT_LEARN_SHARE) {
		learn_increment(&slot->other);
		return;
	}
	scrt_store(&slot->other, scrt_load(&slot->other) + least);
	scrt_store(&slot->count[rarest], 1);
	__atomic_store_n(&slot->target[rarest], target, __ATOMIC_RELAXED);
}

/* Count the target; how many calls have been counted. */
static uint32_t learn_count(struct scrt_slot *slot, uintptr_t target)
{
	unsigned int i;

	for (i = 0; i < SCRT_BLOCK_TARGETS; i++) {
		uintptr_t known = __atomic_load_n(&slot->target[i], __ATOMIC_RELAXED);

		if (!known && __atomic_compare_exchange_n(&slot->target[i], &known, target, false,
							  __ATOMIC_RELAXED, __ATOMIC_RELAXED))
			known = target;
		if (known == target) {
			learn_increment(&slot->count[i]);
			break;
		}
	}
	if (i == SCRT_BLOCK_TARGETS)
		learn_replace(slot, target);
	return learn_increment(&slot->total);
}

/* Let this thread decide, if the lock is free and it is worth it. */
static void learn_switch(struct scrt_dynamic *d, struct scrt_slot *slot, uint32_t calls)
{
	uint64_t signals;
	bool held;

	if (!scrt_learned_is_due(d, slot, calls))
		return;
	held = scrt_signals_hold(&signals);
	if (scrt_try_enter(d->state)) {
		if (d->module && !d->why)
			scrt_learned_switch(d, slot);
		scrt_leave(d->state);
	}
	if (held)
		scrt_signals_release(&signals);
}

/*
 * A call of a slot that has learned comes here. If its block sends all misses, this is one,
 * and counts; what is left of the budget.
 */
static int32_t learn_miss(const struct scrt_dynamic *d, struct scrt_slot *slot)
{
	int32_t budget = __atomic_load_n(&slot->budget, __ATOMIC_RELAXED);

	if (budget >= 0 && scrt_block_single_has(d, scrt_load(&slot->block)))
		__atomic_store_n(&slot->budget, --budget, __ATOMIC_RELAXED);
	return budget;
}

void scrt_learn_call(struct scrt_dynamic *d, const uintptr_t words[3], uintptr_t target)
{
	uintptr_t state = words[0], id = words[1];
	struct scrt_slot *slot;
	uint32_t calls;

	if (!id)
		id = words[2] - SCRT_SITE_BYTES;
	else if (scrt_id_shared(id))
		state = id - STATIC_CALL_KEY_STATE_SHARED;
	slot = scrt_slot_take(d, id, state, !words[1]);
	if (!slot)
		return;
	switch (__atomic_load_n(&slot->mode, __ATOMIC_RELAXED)) {
	case SCRT_SLOT_LEARNING:
		calls = learn_count(slot, target);
		if (calls == SCRT_LEARN_RIPE)
			learn_increment(&d->ripe);
		if (calls % SCRT_LEARN_HOT == 0)
			learn_switch(d, slot, calls);
		break;
	case SCRT_SLOT_LEARNED:
		if (learn_miss(d, slot) < 0) {
			learn_switch(d, slot, 0);
			break;
		}
		__attribute__((fallthrough));
	case SCRT_SLOT_GIVEN_UP:
		calls = learn_increment(&slot->strays);
		if (calls % SCRT_LEARN_STRAYS == 0)
			learn_switch(d, slot, calls);
		break;
	}
}

#endif /* SCRT_PORT_DYNAMIC */
