/* SPDX-License-Identifier: MIT */
/*
 * learn.h - what is remembered of dynamic calls, and how it is found; see learn.c.
 */
#ifndef STATIC_CALL_LEARN_H
#define STATIC_CALL_LEARN_H

#include "state.h"

#if SCRT_PORT_DYNAMIC

#include "x86_64-block.h"

#pragma GCC visibility push(hidden)

/* What a slot does. */
enum scrt_slot_mode {
	SCRT_SLOT_LEARNING, /* the site is as linked, and calls are counted */
	SCRT_SLOT_LEARNED,  /* it leads to a block */
	SCRT_SLOT_GIVEN_UP, /* ... or jumps to %r10, or is that jump, without comparing or counting */
	SCRT_SLOT_REFUSED, /* it is not as the plugin writes it: left alone */
};

/*
 * What is known of one site, or of all sites of a state with a name. Threads count without
 * a lock and without locked instructions: a count may be lost, a target never is another.
 * All but the counts belongs to who has the lock, and .budget to the block too.
 */
struct scrt_slot {
	uintptr_t id;     /* the site, or its state + STATIC_CALL_KEY_STATE_SHARED; 0: unused */
	uintptr_t state;  /* struct static_call_key_state: how the module makes the call */
	uintptr_t linked; /* where the site led as linked; 0: not known yet */
	int32_t budget;   /* misses until the runtime looks again; see scrt_budget() */
	uint32_t total;   /* calls that were counted */
	uint32_t other;   /* of these, to none of target[] */
	uint32_t strays;  /* calls that came here though the site leads elsewhere */
	uint32_t block;   /* where its code is, from .code_lo; 0: nowhere */
	uint32_t next;    /* ... and that which is being made */
	uint8_t mode;
	uint8_t level;      /* budgets are doubled so often */
	uint8_t again;      /* nothing was learned, so often */
	uint8_t blocks : 6; /* that were made for it */
	uint8_t call : 1;   /* it is known by its return address: no tail call, no name */
	uint8_t jumps : 1;  /* its sites are the jumps that they are without all this */
	uint32_t count[SCRT_BLOCK_TARGETS];
	uint32_t newest; /* the last block that was made for it: the first of a chain; or 0 */
	uintptr_t target[SCRT_BLOCK_TARGETS];
};

/* If calls are counted for good: what blocks of a slot have seen. */
struct scrt_hits {
	uint64_t target[SCRT_BLOCK_TARGETS];
	uint64_t miss;
	uint64_t unused;
};

/*
 * The memory of one module, near its code, in this order: this structure, index[], singles[],
 * slots[], hits[], and then code. It is one mapping, and goes when the module's code is not there any
 * more. Where nothing can be allocated there (SCRT_PORT_ROOM), code, hits and budgets[] are in
 * the room that the module has for them.
 */
struct scrt_dynamic {
	struct scrt_state *state;
	struct scrt_module *module; /* NULL: it is not registered any more */
	struct static_call_key_module *desc;
	struct scrt_dynamic *retired; /* the next one of those */
	size_t bytes;
	uint64_t *index;    /* a hash table: the id, relative to desc, and the slot + 1 */
	uint32_t *singles;  /* one as large: blocks for one target, from the start of the memory */
	unsigned int shift; /* 32 less the bits of their size */
	uint32_t max_slots;
	uint32_t nslots;  /* that have been taken; perhaps more than there are */
	uint32_t ripe;    /* slots that have been called often enough to be decided */
	uint32_t decided; /* by the switches so far */
	uint32_t switches;
	int why; /* why nothing is learned; or 0 */
	struct scrt_slot *slots;
	int32_t *budgets;                    /* of all slots; NULL: they are in the slots */
	uint32_t wanted;                     /* 1 + the number of a slot that asks for a switch */
	struct scrt_hits *hits;              /* or NULL */
	uintptr_t code_lo, code_at, code_hi; /* of all blocks; the next one; the end */
	uintptr_t open_lo, open_hi;          /* code that may be writable now; open_hi 0: none */
	uintptr_t entry;  /* of this copy of the runtime, for the code at code_lo */
	uint64_t counted; /* calls, in slots that have begun anew since */
	uint64_t hit, missed;
	uint64_t since, cost; /* when the last switch ended, and how long it took, in ns */
};

static inline uint32_t scrt_load(const uint32_t *p)
{
	return __atomic_load_n(p, __ATOMIC_RELAXED);
}

static inline void scrt_store(uint32_t *p, uint32_t value)
{
	__atomic_store_n(p, value, __ATOMIC_RELAXED);
}

/* Where the block counts down. */
static inline int32_t *scrt_budget(const struct scrt_dynamic *d, struct scrt_slot *slot)
{
	return d->budgets ? &d->budgets[slot - d->slots] : &slot->budget;
}

static inline int32_t scrt_budget_left(const struct scrt_dynamic *d, const struct scrt_slot *slot)
{
	return __atomic_load_n(scrt_budget(d, (struct scrt_slot *)slot), __ATOMIC_RELAXED);
}

/* slot->next, if it is no block: plain code; what was linked; or the jump stands in the site. */
#define SCRT_NEXT_PLAIN  1u
#define SCRT_NEXT_LINKED 2u
#define SCRT_NEXT_JUMP   3u

#define SCRT_SLOT_PROBES 64

/* Where the table is looked at first. Golden ratio: the high bits are spread well. */
static inline uint32_t scrt_slot_hash(const struct scrt_dynamic *d, uint32_t key)
{
	return key * 0x9e3779b1u >> d->shift;
}

static inline uint32_t scrt_slot_mask(const struct scrt_dynamic *d)
{
	return (1u << (32 - d->shift)) - 1;
}

/* What the table knows an id by. */
static inline uint32_t scrt_slot_key(const struct scrt_dynamic *d, uintptr_t id)
{
	return id - (uintptr_t)d->desc;
}

/* How many slots may have been used. */
static inline uint32_t scrt_slots(const struct scrt_dynamic *d)
{
	uint32_t n = scrt_load(&d->nslots);

	return n < d->max_slots ? n : d->max_slots;
}

static inline const struct static_call_key_state *scrt_slot_state(const struct scrt_slot *slot)
{
	return (const struct static_call_key_state *)slot->state;
}

static inline bool scrt_id_shared(uintptr_t id)
{
	return id % STATIC_CALL_KEY_STATE_SIZE == STATIC_CALL_KEY_STATE_SHARED;
}

/* The slot of this id; NULL: there is none. */
static inline struct scrt_slot *scrt_slot_find(const struct scrt_dynamic *d, uintptr_t id)
{
	uint32_t key = scrt_slot_key(d, id), mask = scrt_slot_mask(d);
	uint32_t at = scrt_slot_hash(d, key);
	unsigned int n;

	for (n = 0; n < SCRT_SLOT_PROBES; n++, at = (at + 1) & mask) {
		uint64_t word = __atomic_load_n(&d->index[at], __ATOMIC_ACQUIRE);

		if (!word)
			break;
		if (word >> 32 == key)
			return &d->slots[(uint32_t)word - 1];
	}
	return NULL;
}

/* The same, perhaps a new one, of this state, known by a return address; NULL: there is no room. */
struct scrt_slot *scrt_slot_take(struct scrt_dynamic *d, uintptr_t id, uintptr_t state, bool call);

/*
 * A dynamic call is made that is to be learned: the state without a name, what is known of
 * the site, and the return address of it, as static_call_abi.h has them; to this target.
 * Called by the port's code, that keeps all registers.
 */
void scrt_learn_call(struct scrt_dynamic *d, const uintptr_t words[3], uintptr_t target);

/* What that code keeps itself, of those that functions may change: SCRT_LEARN_KEPT bytes. */
#define SCRT_LEARN_KEEP                \
	"pushq %rax\n\tpushq %rcx\n\t" \
	"pushq %rdx\n\tpushq %rsi\n\t" \
	"pushq %rdi\n\tpushq %r8\n\t"  \
	"pushq %r9\n\tpushq %r10\n\t"
#define SCRT_LEARN_KEPT "64"
#define SCRT_LEARN_RESTORE           \
	"popq %r10\n\tpopq %r9\n\t"  \
	"popq %r8\n\tpopq %rdi\n\t"  \
	"popq %rsi\n\tpopq %rdx\n\t" \
	"popq %rcx\n\tpopq %rax\n\t"

#pragma GCC visibility pop

#endif /* SCRT_PORT_DYNAMIC */

#endif /* STATIC_CALL_LEARN_H */
