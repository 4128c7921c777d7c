/* SPDX-License-Identifier: MIT */
/*
 * internal.h - what the parts of the runtime know of each other.
 *
 *	core.c		update, sync, store
 *	txn.c		transactions: check, open, store, close, or go back
 *	registry.c	modules come and go; which module has which key
 *	tables.c	are the tables of a module right?
 *	query.c		the read-only functions of the API
 *	targets.c	which registers a target may change, and a key allows
 *	strerror.c	words for errors
 *	x86_64.c	what the bytes of a site are, and how to replace them
 *	os-linux-user*.c	the port for programs; see os-linux-user.h
 *	os-linux-kernel*.c	the port for the kernel; see os-linux-kernel.h
 *
 * All but the port are compiled for user space and for the kernel alike: no
 * library, no system call, no thread-local storage, no recursion.
 */
#ifndef STATIC_CALL_INTERNAL_H
#define STATIC_CALL_INTERNAL_H

#ifdef __KERNEL__
#include <linux/limits.h>
#include <linux/types.h>
#else
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#endif
#include <linux/errno.h>

/* The API is all that is visible. */
#pragma GCC visibility push(default)
#include "static_call.h"
#include "static_call_abi.h"
#pragma GCC visibility pop

/* -fvisibility=hidden is for definitions only, and calls would use a PLT. */
#pragma GCC visibility push(hidden)

/*
 * A record's state. cur is the target that its sites lead to; at first the
 * trampoline. next differs from cur only inside a transaction: then each site
 * leads to either. So the bytes of a site follow from its record, and none of
 * them has to be remembered.
 */
struct scrt_record {
	uintptr_t cur;
	uintptr_t next;
	uint32_t first; /* its sites: order[first .. the next record's first) */
	uint32_t link;  /* the next record of the transaction */
};

#define SCRT_LINK_NONE   0xffffffffu /* not in the transaction */
#define SCRT_LINK_END    0xfffffffeu /* the last one */

/* An entry of order[]: the number of a site, and this: leave it alone. */
#define SCRT_UNPATCHABLE 0x80000000u
/* ... and this: the runtime has made it a no-op, and no branch since. */
#define SCRT_NOOP        0x40000000u
#define SCRT_ORDER_FLAGS (SCRT_UNPATCHABLE | SCRT_NOOP)
#define SCRT_SITES_MAX   0x3fffffffu
#define SCRT_RECORDS_MAX 0x7fffffffu

/* A registered module. One allocation, with state[] and order[] behind it. */
struct scrt_module {
	size_t bytes; /* of the allocation */
	struct static_call_key_module *desc;
	const struct static_call_key_site *sites;
	const struct static_call_key_record *records;
	uint32_t nsites;
	uint32_t nrecords;
	struct scrt_record *state;    /* nrecords + 1 */
	uint32_t *order;              /* nsites, those of a record together */
	uintptr_t text_lo, text_hi;   /* around all sites */
	uintptr_t patch_lo, patch_hi; /* around those that the transaction changes */
	uintptr_t open_lo, open_hi;   /* may be writable now; open_hi 0: nothing is */
	bool opened;                  /* and certainly is */
	bool writable;                /* always is: linked so, needs no window */
	bool degraded;                /* cannot be made so: sites keep the trampoline, */
	int why;                      /* ... for this reason, a negative errno */
	uint64_t serial;              /* ascends in the order of registration */
	uint32_t pending;             /* first record of the transaction */
	struct scrt_module *next;     /* next module of the transaction */
	struct scrt_text *text;       /* the port's own, if it wants one */
};

/* One record that has sites, under the address of its key. */
struct scrt_ref {
	uintptr_t key;
	struct scrt_module *module;
	uint32_t record;
};

/*
 * All modules, and all their keys in ascending order. Never changed but
 * replaced, so that a child which forks at any moment has a whole one.
 */
struct scrt_registry {
	size_t bytes;
	size_t nmodules;
	size_t nrefs;
	struct scrt_module **modules;
	struct scrt_ref *refs;
};

/*
 * Which 64-byte lines may hold a key: two bits a line, never cleared. For
 * static_call_key_rt_store(), which must not take the lock for nothing.
 */
#ifdef __KERNEL__
#define SCRT_FILTER_SHIFT 12 /* a kernel has a few hundred keys, and pays for the table */
#else
#define SCRT_FILTER_SHIFT 19
#endif
#define SCRT_FILTER_BITS      (1ul << SCRT_FILTER_SHIFT)
#define SCRT_LINE_SHIFT       6
#define SCRT_FILTER_LINES_MAX 256 /* beyond these, looking up is as quick */

/*
 * The whole state, one a process however many copies of the runtime it has
 * loaded; the port finds it. Copies share it only if SCRT_LAYOUT is the same:
 * raise that number with every change of a structure here or in the port.
 */
#define SCRT_LAYOUT           3

struct scrt_state {
	struct scrt_state *self;
	struct scrt_registry *registry; /* NULL: no module */
	uintptr_t key_lo, key_hi;       /* of all keys with sites that ever were */
	uintptr_t range_lo, range_hi;   /* of all variables with keys; range_hi 0: none */
	bool busy;                      /* a transaction is under way */
	bool left_open;                 /* a window could not be closed */
	bool fence;                     /* scrt_barrier() does not reach other threads */
	bool off, log;                  /* patch nothing; say what is not patched */
	int refused;                    /* why a module was refused last; 0: none was */
	uint64_t serial;                /* of the last module that was registered */
	struct scrt_port *port;
	uint64_t filter[SCRT_FILTER_BITS / 64];
};

/* ---- the port ---- */

/* The state, or NULL if this copy of the runtime has not looked for it yet. */
extern struct scrt_state *scrt_known_state;

static inline struct scrt_state *scrt_known(void)
{
	return __atomic_load_n(&scrt_known_state, __ATOMIC_ACQUIRE);
}

/*
 * Find or make the state. NULL and *err: -ENOMEM; -EPROTO if a copy of the runtime
 * with another layout has made one, or if that cannot be told; -EPERM if the system
 * refuses what no state can be without. May be called by several threads, and by a
 * signal handler that interrupted it.
 */
struct scrt_state *scrt_find_state(int *err);

/*
 * Take the lock. 0, or -EDEADLK if this thread has it: the caller is a signal
 * handler that interrupted the runtime, or a callback. *forked: this is the
 * first time in a child process; the registry may show a transaction that a
 * thread of the parent had under way.
 */
int scrt_lock(struct scrt_state *s, bool *forked);

/* Release it, and return true; or keep it: scrt_lock_ask() was called. */
bool scrt_unlock(struct scrt_state *s);

/* After -EDEADLK: let the next scrt_unlock() return false, once. */
void scrt_lock_ask(struct scrt_state *s);

/* Zeroed memory, page-aligned; NULL if there is none. */
void *scrt_alloc(size_t bytes);
void scrt_free(void *p, size_t bytes);

/* Can the word at this address be read? 1, 0, or -ENOSYS: that is not known. */
#ifdef __KERNEL__
static inline int scrt_readable(uintptr_t address)
{
	(void)address;
	return -ENOSYS; /* the port looks at tables itself */
}
#else
int scrt_readable(uintptr_t address);
#endif

/*
 * May the runtime read and patch the sites of this module, which lie in
 * [text_lo, text_hi)? 0: yes, through a window; 1: yes, and they are writable
 * always; -EFAULT: not all of it is code; -ESTALE: it is, but the module has more code,
 * to which parts of this may have been moved.
 */
int scrt_text_check(struct scrt_module *m);

/*
 * Is this site, of a module that scrt_text_check() has seen, in code that never runs
 * and that cannot be written? It is left alone.
 */
#ifdef __KERNEL__
bool scrt_text_never_runs(const struct scrt_module *m, uintptr_t site);
#else
static inline bool scrt_text_never_runs(const struct scrt_module *m, uintptr_t site)
{
	(void)m;
	(void)site;
	return false;
}
#endif

/* The pages that hold [lo, hi): how far a window reaches. */
uintptr_t scrt_text_start(uintptr_t lo);
uintptr_t scrt_text_end(uintptr_t hi);

/*
 * Make these pages of a module writable, they stay executable; and undo it. 0 or
 * -errno. In the kernel writing is by scrt_text_write() only, to a site that is
 * known to hold a form of its own; sites may change as late as in the call that
 * closes the window, which cannot fail.
 */
int scrt_text_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi);
int scrt_text_close(struct scrt_module *m, uintptr_t lo, uintptr_t hi);
#ifdef __KERNEL__
void scrt_text_write(struct scrt_module *m, uintptr_t site, uint64_t form);
#endif

/*
 * Sites in [lo, hi) were changed. A tool that runs the program from a translation of
 * it, and does not see the store, has to be told.
 */
#ifdef __KERNEL__
static inline void scrt_text_changed(uintptr_t lo, uintptr_t hi)
{
	(void)lo;
	(void)hi;
}
#else
void scrt_text_changed(uintptr_t lo, uintptr_t hi);
#endif

/* All cores drop what they have decoded; a memory barrier for all threads. */
void scrt_sync_cores(struct scrt_state *s);

/*
 * The key's sites cannot follow it any more: say so, and stop the program. Only
 * the kernel goes on, if it is not told otherwise (panic_on_warn).
 */
void scrt_fatal(const char *name, int err);

/* If the user asked for it: say why calls of a module are left unpatched. */
#ifdef __KERNEL__
static inline void scrt_log(const struct scrt_state *s, const struct static_call_key_module *desc,
			    int err)
{
	(void)s;
	(void)desc;
	(void)err;
}
#else
void scrt_log(const struct scrt_state *s, const struct static_call_key_module *desc, int err);
#endif

/* ---- the instruction set ---- */

/*
 * Is the code of this site as the plugin writes it, leading to the trampoline? In a
 * program there may be a breakpoint on it.
 */
bool scrt_site_valid(const struct scrt_module *m, const struct static_call_key_site *e,
		     const struct static_call_key_record *r);

/*
 * Is the site number order[k], of this record, right if the key holds target: does it
 * lead there, or to the trampoline? True of a breakpoint on a site if it can hide
 * nothing else.
 */
bool scrt_site_right(const struct scrt_module *m, uint32_t record, uint32_t k, uintptr_t target);

/* Is there a form of the site for this target, other than that as linked? */
bool scrt_site_direct(const struct scrt_module *m, uint32_t record, uint32_t k, uintptr_t target);

/*
 * Is each patchable site of the record at from, at to, or as linked? Widen the module's
 * patch_lo and patch_hi to those that can and have to be moved to to. 0, or the error of
 * the first that cannot: -EILSEQ: it holds something else; -ETXTBSY: there is a
 * breakpoint on it that may hide what would be wrong then.
 */
int scrt_sites_check(struct scrt_module *m, uint32_t record, uintptr_t from, uintptr_t to);

/*
 * Let the sites that are at from, or as linked, lead to to; others are left alone, and
 * the error of the first of them is returned.
 */
int scrt_sites_move(struct scrt_module *m, uint32_t record, uintptr_t from, uintptr_t to);

/* All fields but .name. */
void scrt_site_info(const struct scrt_module *m, uint32_t record, uint32_t k, uintptr_t target,
		    struct static_call_key_site_info *info);

/* Fault here and now if the key cannot be written; changes nothing. */
void scrt_key_probe(void *key);

/* ---- core.c ---- */

/* Find the state and take the lock; 0, -EDEADLK or what scrt_find_state() says. */
int scrt_enter(struct scrt_state **s);
void scrt_leave(struct scrt_state *s);

/* ---- txn.c ---- */

struct scrt_txn {
	struct scrt_state *state;
	struct scrt_module *modules;
	bool patched; /* sites may have changed, if only back */
};

/* All sites of this record shall lead to target; of two wishes, the last counts. */
void scrt_txn_add(struct scrt_txn *t, struct scrt_module *m, uint32_t record, uintptr_t target);

/*
 * Retarget all sites of the transaction, or fail and leave them. The one
 * failure that may come late is that of closing a window; if forward, the
 * sites are then left at their new targets.
 */
int scrt_txn_run(struct scrt_txn *t, bool forward);

/* When the pointers are stored as well: let every core see it. */
void scrt_txn_finish(struct scrt_txn *t);

/* In a forked child: take back what a transaction of the parent has done here. */
void scrt_txn_undo(struct scrt_state *s, struct scrt_module *m);

/* Close the module's window, if one is open. */
int scrt_window_close(struct scrt_state *s, struct scrt_module *m);

/* ---- registry.c ---- */

/* The first of refs[] with a key that is not below this address. */
size_t scrt_lookup(const struct scrt_registry *reg, uintptr_t key);

/* ---- tables.c ---- */

/* Can the tables that this names be read? */
bool scrt_descriptor_ok(const struct static_call_key_module *d);

/* What the runtime keeps of a module, from its tables. 0, -EINVAL, -EFAULT, -ENOMEM. */
int scrt_module_make(struct static_call_key_module *desc, struct scrt_module **made);

/* ---- targets.c ---- */

/* Are the entries of the module's table of targets as this runtime knows them? */
bool scrt_targets_ok(const struct static_call_key_module *d);

/*
 * May the key of this record hold this target? 0, or -EOPNOTSUPP: its calls keep
 * values in registers, and no registered module says that the target keeps them.
 */
int scrt_target_check(const struct scrt_registry *reg, const struct scrt_ref *ref,
		      uintptr_t target);

/* ---- strerror.c ---- */

/* Within the runtime nothing is called by its public, replaceable name. */
const char *scrt_strerror(int err);

/* ---- small things ---- */

#ifndef UINTPTR_MAX
#define UINTPTR_MAX (~(uintptr_t)0)
#endif

typedef uintptr_t __attribute__((may_alias)) scrt_word;

/* Stores that a forked child must find in this order. */
#define scrt_publish(p, v) __atomic_store_n((p), (v), __ATOMIC_RELEASE)

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

#endif /* STATIC_CALL_INTERNAL_H */
