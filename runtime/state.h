/* SPDX-License-Identifier: MIT */
/*
 * state.h - what the runtime keeps of modules, keys and sites, and what every file knows.
 *
 * Each file calls only files that stand below it here, and has a header of its own name
 * if others call it:
 *
 *	core.c		update, sync, store
 *	query.c		the read-only functions of the API
 *	seal.c		keys that are to change no more
 *	register.c	modules come and go
 *	select.c	keys hold the best of what is offered to them
 *	dynamic.c	modules with dynamic calls come and go; learn, freeze
 *	dynamic-query.c	the read-only functions for these
 *	learn.c		dynamic calls are counted
 *	withdraw.c	prelinked sites of a module that is not registered
 *	enter.c		into the runtime and out of it
 *	learned.c	what was counted is decided, and sites are switched
 *	blocks.c	code for learned calls, and the sites that lead there
 *	follow.c	keys that were stored to: their sites follow
 *	update.c	keys and sites change together
 *	txn.c		transactions: check, open, store, close, or go back
 *	tables.c	are the tables of a module right?
 *	targets.c	which registers a target may change, and a key allows
 *	sweep.c		most call sites of a module change at once
 *	change.c	the call sites of a key change
 *	sites.c		the call sites of a module: begin, describe
 *	guards.c	sites at which targets are inlined
 *	sealed.c	which keys are sealed
 *	offers.c	functions that are offered to keys
 *	totals.c	what is told of at the end, if the user asks for it
 *	where.c		where keys may be: what a store looks at first
 *	registry.c	all modules, and which of them has which key
 *	port.h		what the system has to offer; port/ has two systems
 *	strerror.c	words for errors
 *	x86_64.h	the bytes of a site; x86_64-body.h and x86_64-block.h those of other code
 *
 * All but port/ is compiled for user space and for the kernel alike: no library, no system
 * call, no thread-local storage, no recursion. A folder of port/ has headers of the
 * same names for both: port-types.h, which this file includes, and port-inline.h.
 *
 * A target is a function that a key holds, and nothing else.
 *
 * Orders of memory. Where one thread relies on what another, or a forked child, has done
 * before, the place has a letter, and its partners have the same:
 *
 *	A	the state is complete before its address is known
 *		(find-state.c and scrt_known(); through a meeting page: its magic number)
 *	B	a key is in the filter before its pointer is read at registration; a store to
 *		a key comes before the look at the filter (register.c, where.c, core.c)
 *	C	the range of all keys grows before it moves (where.c, compiled code)
 *	D	sites change before the pointer does, in an update; a call through the pointer
 *		finds a complete target (update.c, scrt_key_read())
 *	E	what a transaction is about to do is noted before it is done (txn.c,
 *		registry.c, sites.c; scrt_txn_undo() in a forked child)
 *	F	a store to a site is done before other processors are made to look again
 *		(x86_64.h, scrt_sync_cores())
 *	G	all sites are written before another processor goes on (poke.c)
 */
#ifndef STATIC_CALL_STATE_H
#define STATIC_CALL_STATE_H

#include <linux/errno.h>

#include "port-types.h"

/* The API is all that is visible. */
#pragma GCC visibility push(default)
#include "static_call.h"
#include "static_call_dynamic.h"
#include "static_call_abi.h"
#pragma GCC visibility pop

/* -fvisibility=hidden is for definitions only, and calls would use a PLT. */
#pragma GCC visibility push(hidden)

/*
 * A record's state. cur is what its sites lead to: a target; at first the
 * trampoline. next differs from cur only inside a transaction: then each site
 * leads to either. So the bytes of a site follow from its record, and none of
 * them has to be remembered.
 *
 * Beside each, its body, if sites hold that instead (x86_64-body.h); 0: none. It is the
 * record's own: the module that told of it may go.
 */
struct scrt_record {
	uintptr_t cur;
	uintptr_t next;
	uint64_t cur_body;
	uint64_t next_body;
	uintptr_t file; /* what the sites of a prelinked record lead to in the file, */
	uint64_t file_body;
	uint32_t first; /* its sites: order[first .. the next record's first) */
	uint32_t link;  /* the next record of the transaction */
	uint32_t flags; /* SCRT_RECORD_... */
	uint32_t place; /* while sites are sorted: where the next one comes */
};

/* What the sites of a record shall do: lead to target, or hold its body if there is one. */
struct scrt_aim {
	uintptr_t target;
	uint64_t body;
};

static inline struct scrt_aim scrt_aim_cur(const struct scrt_record *r)
{
	return (struct scrt_aim){ r->cur, r->cur_body };
}

static inline struct scrt_aim scrt_aim_next(const struct scrt_record *r)
{
	return (struct scrt_aim){ r->next, r->next_body };
}

static inline struct scrt_aim scrt_aim_file(const struct scrt_record *r)
{
	return (struct scrt_aim){ r->file, r->file_body };
}

/*
 * The key is sealed: .cur is what it holds, for good, and its sites may have forms that
 * nothing can follow. Set before a transaction that moves them there from .cur.
 */
#define SCRT_RECORD_SEALED    0x01u
/* The program has changed the key, by an update or a store. */
#define SCRT_RECORD_CHANGED   0x02u
/*
 * Sites may be as the file has them, and lead to .file: they take part in every change, also
 * where no others of the module do.
 */
#define SCRT_RECORD_PRELINKED 0x04u
/* ... but when the module came, one was not as the file has it. */
#define SCRT_RECORD_MIXED     0x08u
/* In a transaction: this step is done for its sites, see sweep.c. */
#define SCRT_RECORD_SWEPT     0x10u
/* The memory of some of its sites, which are in the table still, is gone. */
#define SCRT_RECORD_PARTED    0x20u
/* Some of its sites are guards, or have, or have had, flags in order[]. */
#define SCRT_RECORD_ODD       0x40u
/* Its sites ascend, and none is far from the one before: found by the first change of all, see change.c. */
#define SCRT_RECORD_IN_A_ROW  0x80u

#define SCRT_LINK_NONE        0xffffffffu /* not in the transaction */
#define SCRT_LINK_END         0xfffffffeu /* the last one */

/*
 * An entry of order[]: the number of a site. Those below nsites are in the table sites; nsites
 * and more are guards: where in the table guards their first entry is.
 *
 * And this: leave it alone.
 */
#define SCRT_UNPATCHABLE      0x80000000u
/* ... and this: the runtime has given it a form that is no branch, and no branch since. */
#define SCRT_NOOP             0x40000000u
#define SCRT_ORDER_FLAGS      (SCRT_UNPATCHABLE | SCRT_NOOP)
#define SCRT_SITES_MAX        0x3fffffffu
#define SCRT_RECORDS_MAX      0x7fffffffu

/*
 * Sites that a transaction changes and that are far from the others: to open all that is
 * between costs more than a window of their own. Two may overlap. With fewer than two, all of
 * patch_lo to patch_hi is meant.
 */
#define SCRT_ISLANDS          4
#define SCRT_ISLAND_FAR       0x80000ul

struct scrt_island {
	uintptr_t lo, hi;
};

/* A registered module. One allocation, with state[] and order[] behind it. */
struct scrt_module {
	size_t bytes; /* of the allocation */
	struct static_call_key_module *desc;
	const struct static_call_key_site *sites;
	const struct static_call_key_record *records;
	const struct static_call_key_guard *guards;
	uint32_t nsites;
	uint32_t nrecords;
	uint32_t nguards;             /* entries; a guard has up to four */
	struct scrt_record *state;    /* nrecords + 1 */
	uint32_t *order;              /* of all sites, those of a record together */
	uintptr_t text_lo, text_hi;   /* around all sites, and what guards lead to; 0: none */
	uintptr_t sites_lo, sites_hi; /* around all that may be patched; sites_hi 0: none */
	uintptr_t patch_lo, patch_hi; /* around those that the transaction changes */
	uint32_t nislands;            /* ... and which parts of that, if they are far apart */
	struct scrt_island island[SCRT_ISLANDS];
	uintptr_t open_lo, open_hi;   /* may be writable now; open_hi 0: nothing is */
	bool opened;                  /* and certainly is */
	bool split;                   /* only islands are */
	bool writable;                /* always is: linked so, needs no window */
	bool dense;                   /* most pages between the first site and the last have some */
	bool ordered;                 /* order[] is filled, see order.h */
	bool lost;                    /* some site is not as the plugin writes it, and left alone */
	bool leaving;                 /* about to be unregistered: its offers do not count */
	bool degraded;                /* cannot be made so: sites keep the trampoline, */
	int why;                      /* ... for this reason, a negative errno */
	uint64_t serial;              /* ascends in the order of registration */
	struct scrt_dynamic *dynamic; /* its dynamic calls are learned there; or NULL, */
	int why_dynamic;              /* ... and this is why */
	uint32_t pending;             /* first record of the transaction */
	struct scrt_module *next;     /* next module of the transaction */
	struct scrt_text *text;       /* the port's own, if it wants one, */
	size_t replaced;              /* ... and this */
};

/* One record that has sites, under the address of its key. */
struct scrt_ref {
	uintptr_t key;
	struct scrt_module *module;
	uint32_t record;
};

/*
 * All modules, and all their keys and bodies in ascending order. Never changed but
 * replaced, so that a child which forks at any moment has a whole one.
 */
struct scrt_registry {
	size_t bytes;
	size_t nmodules;
	size_t nrefs;
	size_t nbodies;
	struct scrt_module **modules;
	struct scrt_ref *refs;
	struct scrt_ref *bodies; /* .key: a function, .record: the number of its body */
};

/* A sealed key. */
struct scrt_seal {
	uintptr_t key;
	uintptr_t target; /* what it holds, for good */
	int why;          /* what an update of it returns: -EPERM, or -EACCES: its memory is so */
};

/* All of them, in ascending order of the keys; never changed but replaced, as the registry. */
struct scrt_seals {
	size_t bytes;
	size_t n;
	struct scrt_seal seals[];
};

/* What is remembered of a key that functions are offered to. */
struct scrt_choice {
	uintptr_t key;
	uintptr_t first;       /* what it held before anything was selected */
	uintptr_t known, next; /* what it holds if the program has not changed it: either */
	bool changed;          /* the program had changed it before that */
};

/* All of them; never replaced but as a whole, as the registry is. */
struct scrt_choices {
	size_t bytes;
	size_t n;
	struct scrt_choice choices[];
};

/*
 * Which 64-byte lines may hold a key: two bits a line, never cleared. For
 * static_call_key_rt_store(), which must not take the lock for nothing.
 */
#define SCRT_FILTER_BITS      (1ul << SCRT_FILTER_SHIFT)
#define SCRT_LINE_SHIFT       6
#define SCRT_FILTER_LINES_MAX 256 /* beyond these, looking up is as quick */

/*
 * The whole state, one a process however many copies of the runtime it has
 * loaded; the port finds it. Copies share it only if SCRT_LAYOUT is the same:
 * raise that number with every change of a structure here or in the port.
 */
#define SCRT_LAYOUT           12

/* What modules had that are gone, and what was done; counted under STATIC_CALL=stats. */
struct scrt_totals {
	uint64_t modules, records, sites, patched, guards;
	uint64_t updates, failed; /* transactions, of stores too */
	uint64_t dynamic, learned, given_up, hits, misses;
};

struct scrt_state {
	struct scrt_state *self;
	struct scrt_registry *registry; /* NULL: no module */
	uintptr_t key_lo, key_hi;       /* of all keys with sites that ever were */
	uintptr_t range_lo, range_hi;   /* of all variables with keys; range_hi 0: none */
	bool inside;                    /* a thread has the lock, and may be half-way */
	bool busy;                      /* a transaction is under way */
	bool left_open;                 /* a window could not be closed */
	bool fence;                     /* scrt_sync_cores() does not reach other threads */
	bool off, log;                  /* patch nothing; say what is not patched */
	bool calls;                     /* no bodies in sites */
	bool dynamic_off;               /* dynamic calls stay as linked, */
	bool frozen;                    /* ... or as they are, */
	bool counting;                  /* ... or are counted for good */
	bool stays;                     /* what is stored through an open window is never lost */
	int refused;                    /* why a module was refused last; 0: none was */
	uint64_t serial;                /* of the last module that was registered */
	struct scrt_port *port;
	struct scrt_seals *seals;     /* NULL: no key is sealed */
	struct scrt_choices *choices; /* NULL: nothing is offered to any key */
	uint64_t offers;              /* changes whenever there are others */
	const char *forced;           /* offers that the user wants, see offers.c; or NULL */
	const char *load,
		*save; /* files that the user wants to be used for dynamic calls; or NULL */
	struct scrt_dynamic *retired; /* memory of modules that may be there yet */
	uintptr_t near;               /* where such memory was found last; 0: nowhere yet */
	int refused_dynamic;          /* why a module could not learn, the last one; or 0 */
	uint32_t jumps;               /* slots with .jumps, in all modules */
	bool many;                    /* they are, or have been, more than processors remember */
	bool perf;                    /* tell perf(1) of code that is written */
	bool stats;                   /* tell of these at the end: */
	struct scrt_totals totals;
	uint64_t filter[SCRT_FILTER_BITS / 64];
};

/*
 * E: stores that a forked child must find in this order. The child is a copy of the memory
 * as the thread that forked sees it; on x86-64 that is the program order of each thread's
 * stores, so the compiler alone has to keep it.
 */
#define scrt_publish(p, v) __atomic_store_n((p), (v), __ATOMIC_RELEASE)

typedef uintptr_t __attribute__((may_alias)) scrt_word;

/* D: acquires what the store to the key has released, of whomever. */
static inline uintptr_t scrt_key_read(uintptr_t key)
{
	return __atomic_load_n((const scrt_word *)key, __ATOMIC_ACQUIRE);
}

static inline uintptr_t scrt_relative(const int32_t *field)
{
	return (uintptr_t)field + (ptrdiff_t)*field;
}

static inline uintptr_t scrt_trampoline(const struct scrt_module *m, uint32_t record)
{
	return scrt_relative(&m->records[record].trampoline);
}

static inline const char *scrt_name(const struct scrt_module *m, uint32_t record)
{
	const int32_t *field = &m->records[record].name;

	return *field ? (const char *)scrt_relative(field) : NULL;
}

/* Where the two bits of a line are; lines that follow each other stay close. */
static inline size_t scrt_filter_bit(uintptr_t line, int which)
{
	uintptr_t far = line >> SCRT_FILTER_SHIFT;

	return (line + far * (which ? 0x9e3b1ul : 0x5bd1ful)) & (SCRT_FILTER_BITS - 1);
}

#pragma GCC visibility pop

#endif /* STATIC_CALL_STATE_H */
