/* SPDX-License-Identifier: MIT */
/*
 * port.h - what the runtime needs of the system that it runs in. A port, in a folder
 * of port/, provides all of it: as functions, or inline in its port-inline.h.
 *
 * Its port-types.h, which state.h includes, has the integer types and these constants:
 *
 *	SCRT_FILTER_SHIFT	the size of the filter
 *	SCRT_PORT_ASCENDING	1: sites of a key are written in the order of their addresses
 *	SCRT_PAGE_BYTES		the size of the smallest page of text
 *	SCRT_PORT_BREAKPOINTS	1: others may set breakpoints on sites, and the runtime
 *				works under them
 *	SCRT_PORT_ROUNDS	how often a transaction may try, because others write to
 *				the text meanwhile; 1: nobody does
 *	SCRT_PORT_BODIES	1: a function's own code may stand in a site
 *	SCRT_PORT_DYNAMIC	1: dynamic calls are learned; else the port needs none of what
 *				stands at "dynamic calls"
 *	SCRT_PORT_JUMPS		1: a site of a dynamic call may hold the indirect call or jump
 *				that it would have been
 *	SCRT_PORT_LEARN_LATER	1: threads that make dynamic calls may not decide what these learn
 *	SCRT_PORT_ROOM		1: modules have room for the code of blocks, as nothing can be
 *				allocated near them
 *	SCRT_PORT_PRELINKED	1: modules may be prelinked
 */
#ifndef STATIC_CALL_PORT_H
#define STATIC_CALL_PORT_H

#include "state.h"
#include "x86_64.h"

#pragma GCC visibility push(hidden)

/* ---- the state ---- */

/* The state, or NULL if this copy of the runtime has not looked for it yet. */
extern struct scrt_state *scrt_known_state;

/* A: the partner is the store in scrt_find_state(). */
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

/* ---- the lock ---- */

/*
 * Take the lock. 0, or -EDEADLK if this thread has it: the caller is a signal
 * handler that interrupted the runtime, or a callback. *forked: this is the
 * first time in a child process; the registry may show a transaction that a
 * thread of the parent had under way.
 */
int scrt_lock(struct scrt_state *s, bool *forked);

/* Release it, and return true; or keep it: scrt_lock_ask() was called. */
bool scrt_unlock(struct scrt_state *s);

/*
 * After -EDEADLK: let the next scrt_unlock() return false, once. Where the lock may be
 * free and the caller may not wait for it, the port calls later() from a place that may.
 */
void scrt_lock_ask(struct scrt_state *s, void (*later)(void));

/* ---- memory ---- */

/* Zeroed memory, page-aligned; NULL if there is none. */
void *scrt_alloc(size_t bytes);
void scrt_free(void *p, size_t bytes);

/*
 *	int scrt_readable(uintptr_t address);
 *
 * Can the word at this address be read? 1, 0, or -ENOSYS: that is not known.
 */

/*
 *	int scrt_key_probe(void *key);
 *
 * Can this key be written to? 0; or -EACCES, or a fault as in an assignment.
 *
 *	bool scrt_key_is_read_only(uintptr_t key);
 *
 * Does the key lie where nothing will ever be written to again? Then it is sealed.
 */

/* ---- text ---- */

/*
 * May the runtime read and patch the sites of this module, which lie in
 * [text_lo, text_hi)? 0: yes, through a window; 1: yes, and they are writable
 * always; -EFAULT: not all of it is code; -ESTALE: it is, but the module has more code,
 * to which parts of this may have been moved.
 */
int scrt_text_check(struct scrt_module *m);

/*
 *	bool scrt_text_never_runs(const struct scrt_module *m, uintptr_t site);
 *
 * Is this site, of a module that scrt_text_check() has seen, in code that never runs
 * and that cannot be written? It is left alone.
 */

/* The pages that hold [lo, hi): how far a window reaches. */
uintptr_t scrt_text_start(uintptr_t lo);
uintptr_t scrt_text_end(uintptr_t hi);

/*
 * Make these pages of a module writable, they stay executable; and undo it. 0 or
 * -errno. A positive errno of the latter: they are not writable, but not all has changed.
 */
int scrt_text_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi);
int scrt_text_close(struct scrt_module *m, uintptr_t lo, uintptr_t hi);

/*
 *	bool scrt_text_replace(struct scrt_module *m, uintptr_t site, uint64_t old,
 *			       uint64_t wanted, uint64_t branch);
 *
 * Through an open window, write the form wanted to a site that was found to hold old;
 * false if it holds something else now. What branch is does the same as wanted, and is a branch
 * if any does. The site may change as late as in the call that closes the window.
 *
 *	bool scrt_text_replace_seen(struct scrt_module *m, struct scrt_seen seen,
 *				    uint32_t further);
 *
 * The same for a branch that was seen there, which is to lead so much further; false too if
 * something beside the site has changed.
 *
 *	void scrt_text_changed(uintptr_t lo, uintptr_t hi);
 *
 * Sites in [lo, hi) were changed. A tool that runs the program from a translation of
 * it, and does not see the store, has to be told.
 */

/*
 *	void scrt_text_fill(struct scrt_module *m, uintptr_t lo, uintptr_t hi);
 *
 * Through an open window, most pages of [lo, hi) will be written to for the first time: a port
 * may make that cheaper.
 */

/* F: all cores drop what they have decoded; a memory barrier for all threads. */
void scrt_sync_cores(struct scrt_state *s);

/* ---- dynamic calls ---- */

#if SCRT_PORT_DYNAMIC

struct scrt_dynamic;

#if SCRT_PORT_LEARN_LATER

/* Call decide() soon, once, from a place that may wait for the lock. It is always the same. */
void scrt_learn_ask(void (*decide)(void));

#else

/*
 * Take the lock if it is free, at once. Not in a forked child whose parent had it taken for
 * something that is not undone yet: only scrt_lock() tells of that.
 */
bool scrt_trylock(struct scrt_state *s);

/*
 * Until _release(), no handler of this thread runs that could leave by longjmp(). False: the
 * system refuses it, and nothing is to be released.
 */
bool scrt_signals_hold(uint64_t *old);
void scrt_signals_release(const uint64_t *old);

#endif

/* Nanoseconds since some moment; 0: not known. */
uint64_t scrt_clock(void);

/*
 * Nanoseconds that this thread has had a processor for, as far as the system tells them from
 * those that others had it for.
 */
uint64_t scrt_spent(void);

/*
 * Address space that branches of code at this address reach, with all that is within 1 GiB
 * of it: at a multiple of a page, not accessible yet. NULL: there is none.
 */
void *scrt_near_alloc(struct scrt_state *s, uintptr_t address, size_t bytes);

/* Part of it, whole pages, becomes memory, zeroed. 0 or -errno. */
int scrt_near_data(uintptr_t lo, size_t bytes);

#if SCRT_PORT_ROOM
/*
 * Then that memory may be anywhere. Find the module's own room for what has to be near its
 * code: .code_lo, .code_hi, .budgets, .hits if wanted, and .max_slots, if it is not enough for
 * as many. 0 or -errno.
 */
int scrt_room_place(struct scrt_dynamic *d);
#endif

/*
 *	int scrt_code_begin(struct scrt_module *m, uintptr_t lo, uintptr_t hi);
 *	int scrt_code_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi);
 *	void scrt_code_store(struct scrt_module *m, uintptr_t at, const void *from, size_t bytes);
 *	int scrt_code_close(struct scrt_module *m, uintptr_t lo, uintptr_t hi);
 *
 * Write to memory for code, which nobody executes yet. As scrt_text_open() and _close(), which the
 * latter may be; _begin() where nothing was ever written to, and instead of _open().
 *
 *	size_t scrt_code_front(void);
 *
 * So many bytes in front of each piece of code are left as they are.
 *
 *	bool scrt_site_is_text(const struct scrt_module *m, uintptr_t site);
 *
 * May the runtime change a site of a dynamic call that is said to be here?
 *
 *	bool scrt_code_is_there(const struct scrt_module *m, uintptr_t code, size_t bytes);
 *
 * Can this, to which a site of the module leads, be read?
 *
 *	bool scrt_code_in_use(uintptr_t desc);
 *
 * May threads be in code, or in the blocks, of this module, which is not registered any more?
 *
 *	int scrt_saved_load(struct scrt_dynamic *d, const char *path);
 *	void scrt_saved_append(const struct scrt_dynamic *d, const char *path);
 *
 * Use what such a file says of the calls of this module, which may have made none yet. 0 or an
 * error. Or add what is known of them to the file. See saved.c.
 *
 *	void scrt_perf_code(const struct scrt_state *s, uintptr_t code, size_t bytes,
 *			    uintptr_t of, bool to);
 *
 * If the user asked for it: tell that this code was written for calls of a site, or to a target.
 */

/*
 *	bool scrt_may_learn(void);
 *
 * Is the system as far as it has to be for calls to learn? If not, the port lets modules that have
 * registered by then learn when it is.
 */

/*
 * What .learn of a module is to lead to: keeps all registers, and calls scrt_learn_call() for
 * the struct scrt_dynamic that is in %r11.
 */
void scrt_learn_entry(void);

#endif

/* ---- forms ---- */

/*
 *	uint64_t scrt_port_form_of(uintptr_t target);
 *
 * The form that does all that a function does which the system knows, or 0: there is
 * none, and a site has to branch there.
 *
 *	uint64_t scrt_port_form(uintptr_t site, uint64_t form);
 *
 * The form that was written to a site which holds this one now: the system may have made
 * another of it that does the same.
 *
 *	uint64_t scrt_port_body_form(const struct scrt_site *site, const struct scrt_code *code,
 *				     uint64_t body);
 *
 * The form of a site of a key whose target has this body; 0: it has to branch there.
 *
 *	uint64_t scrt_port_null_form(const struct scrt_site *site, const struct scrt_code *code);
 *
 * The form of a site whose key is NULL, and for which that is a no-op.
 *
 *	uint64_t scrt_port_guard_form(const struct scrt_site *site, uintptr_t slow);
 *
 * The form of a guard, of which this is the slow path, that leads to what follows it.
 */

/* ---- tracers ---- */

/*
 *	bool scrt_probed(void);
 *
 * Does a tracer want to know of what follows?
 *
 *	void scrt_probe_update(uintptr_t key, uintptr_t old, uintptr_t target, size_t sites,
 *			       const char *name);
 *
 * A key is about to change, or has been stored to: so many sites of it, which did what old
 * says, follow it to target.
 *
 *	void scrt_probe_done(int err);
 *
 * All keys that were told of have changed, and so have their sites; or (err) none has.
 */

/* ---- messages ---- */

/*
 * s: the state, or NULL if it is not known.
 *
 * The key's sites cannot follow it any more, or may not, as it is sealed (-EROFS): say so,
 * and stop the program. Only the kernel goes on, if it is not told otherwise (panic_on_warn).
 */
void scrt_fatal(const struct scrt_state *s, const char *name, int err);

/*
 *	void scrt_log_offer(const struct scrt_state *s, const char *name, bool known);
 *
 * Likewise: a function that is to be forced on a key is not offered, or (known) its predicate
 * says no.
 *
 *	void scrt_log(const struct scrt_state *s, const struct static_call_key_module *desc,
 *		      int err);
 *
 * If the user asked for it: say why calls of a module are left unpatched.
 *
 *	void scrt_log_update(const struct scrt_state *s, const char *name, uintptr_t target,
 *			     int err);
 *
 * Likewise: a key (NULL: without calls) changes to this target, or (err) cannot.
 *
 *	void scrt_print_totals(const struct scrt_state *s);
 *
 * Likewise: the last module has gone, and this is what was counted.
 */

#pragma GCC visibility pop

#include "port-inline.h"

/*
 * scrt_readable(), of one address after the other: what follows each other in a table leads to
 * few pages. *page: the last one that is, at first 0.
 */
static inline bool scrt_readable_next(uintptr_t address, uintptr_t *page)
{
	if (address >> 12 == *page)
		return true;
	if (!scrt_readable(address))
		return false;
	*page = address >> 12;
	return true;
}

#endif /* STATIC_CALL_PORT_H */
