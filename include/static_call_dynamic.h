/* SPDX-License-Identifier: MIT */
/*
 * static_call_dynamic.h - calls through pointers that are no keys: objects on the heap,
 * p->ops->fn(), virtual functions, callbacks. The runtime learns where they go, and
 * they become direct calls of what they mostly call.
 *
 *	STATIC_CALL_DYNAMIC		on a variable, a member, a parameter or a typedef of type
 *					pointer to function: calls through it learn, and share what
 *					they have learned
 *	STATIC_CALL_DYNAMIC_AS("name")	the same; all that give this name share it
 *	STATIC_CALL_NEVER		calls through it, or (on a function) all calls that it makes,
 *					stay as they are
 *
 * With -fplugin-arg-static_call-dynamic=all every other call through a pointer learns too, each on
 * its own, but in code that is rarely run.
 *
 *	struct file_ops {
 *		ssize_t (*read)(struct file *, void *, size_t) STATIC_CALL_DYNAMIC;
 *		...
 *	};
 *	typedef int (*compare_fn)(const void *, const void *) STATIC_CALL_DYNAMIC_AS("compare");
 *
 * At run time, with the runtime (-lstatic_call):
 *
 *	static_call_dynamic_learn()		use what is known now, and learn again
 *	static_call_dynamic_freeze()		use what is known, and learn no more
 *	static_call_dynamic_stats(&stats)	how many calls learn, have learned, ...
 *	static_call_dynamic_for_each(fn, data)	each call that was made, and its targets
 *	static_call_dynamic_save(path)		keep what is known in a file,
 *	static_call_dynamic_load(path)		... for another process
 *
 * The call of what a local variable holds is one through what it was loaded from, if the variable
 * has no tag of its own. It is the pointer that says what is called, always: what was learned
 * and is wrong now makes a call slower, not another one.
 *
 * Learning. Each call counts its targets until it has been made some thousand times. Then the
 * thread that makes it leads it, and all others that have been made often enough, to a short
 * piece of code that compares the pointer with up to six frequent targets and jumps to these
 * directly. If there are no such, the call jumps as it would have jumped without all this; so it
 * does as well where processors predict it (without -mindirect-branch=), if the source does not tag
 * it, as long as such calls are not more than they remember. No other thread and no signal is needed. Calls that reach other targets are counted, and
 * when there are many of them, the call learns anew.
 *
 * Threads, signals, fork. Dynamic calls may be made wherever a call may be made: in signal
 * handlers, also in such that interrupt the runtime; on small stacks (one that is counted takes
 * less than 384 bytes of it, one that leads calls elsewhere less than 1,536); in a forked child (which
 * learns on; but if another thread of the parent was inside the runtime at the fork,
 * only after the first call of a function of this library). They do not change errno. While a
 * thread leads calls to other code, which takes some ten microseconds, signals that
 * are not the processor's own wait.
 *
 * To change code takes system calls in the middle of a call: mprotect, membarrier, gettid, futex,
 * rt_sigprocmask, clock_gettime, and once, reading /proc/thread-self/maps. A program that
 * forbids itself system calls (seccomp), and would be killed for these, calls
 * static_call_dynamic_freeze() before it does so: then there are none any more. Where the
 * system refuses them with an error, calls are left as they are.
 *
 * The variable STATIC_CALL of the environment knows these words, separated by commas, that are
 * for dynamic calls; it is ignored in a program that has more rights than who started it, and so
 * are other words, of which the word log tells:
 *	off, nodynamic	calls stay as they were linked
 *	learned:FILE	begin with what a process of this program has learned, as in FILE, which
 *			static_call_dynamic_save() or the next word has written
 *	save:FILE	add what was learned to FILE when a module is unloaded or the program ends
 *	count		hits and misses are counted all the time, as the functions below show;
 *			each such call takes one instruction more, that writes to memory
 */
#ifndef STATIC_CALL_DYNAMIC_H
#define STATIC_CALL_DYNAMIC_H

#include "static_call.h"

/* The attributes exist where the plugin is loaded, and only there. */
#ifdef STATIC_CALL_KEY_PLUGIN
#define STATIC_CALL_DYNAMIC          __attribute__((static_call_dynamic))
#define STATIC_CALL_DYNAMIC_AS(name) __attribute__((static_call_dynamic(name)))
#define STATIC_CALL_NEVER            __attribute__((static_call_never))
#else
#define STATIC_CALL_DYNAMIC
#define STATIC_CALL_DYNAMIC_AS(name)
#define STATIC_CALL_NEVER
#endif

#ifndef __KERNEL__

#ifdef __cplusplus
extern "C" {
#endif

#define STATIC_CALL_DYNAMIC_TARGETS 6

/* The dynamic calls of all loaded modules, together. */
struct static_call_dynamic_stats {
	size_t sites;    /* in the code of these modules */
	size_t seen;     /* of them, those that were made; all that share what they learn are one */
	size_t learning; /* of these: still counted, */
	size_t learned;  /* ... compare, */
	size_t given_up; /* ... or jump without comparing: their targets are too many, or predicted; */
	size_t refused;       /* ... or are not as the plugin writes them: left alone */
	size_t modules;       /* that have dynamic calls */
	size_t off;           /* of these, modules that learn nothing now */
	int why;              /* for this reason, the last if there were several: a negative errno;
			      * 0: they are frozen, or none is off */
	uint64_t switches;    /* how often calls were led to other code */
	uint64_t counted;     /* calls that were counted to learn */
	uint64_t hits;        /* STATIC_CALL=count: calls that have reached a target directly, */
	uint64_t misses;      /* ... and those that have not; else 0 */
	size_t block_bytes;   /* of code that was written */
	size_t memory_bytes;  /* that may have been used for all this, */
	size_t address_bytes; /* ... of address space that was set apart */
};

/* One call, or all that share what they learn. */
struct static_call_dynamic_info {
	const void *site; /* the five-byte instruction; NULL: it has a name */
	const char *name; /* of a state that several sites share; or NULL */
	const void *function[STATIC_CALL_DYNAMIC_TARGETS]; /* targets, most frequent first; learned:
							    * those that it is compared with, in
							    * this order */
	uint64_t count[STATIC_CALL_DYNAMIC_TARGETS];       /* calls of each, while learning; with
						      * STATIC_CALL=count, since it has learned */
	uint64_t others;                                   /* calls of none of these */
	unsigned int functions;                            /* how many these are */
	unsigned int state;                                /* STATIC_CALL_DYNAMIC_LEARNING, ... */
	int budget; /* learned: so many calls of others, and it learns anew */
};

#define STATIC_CALL_DYNAMIC_LEARNING 0u
#define STATIC_CALL_DYNAMIC_LEARNED  1u
#define STATIC_CALL_DYNAMIC_GIVEN_UP 2u
#define STATIC_CALL_DYNAMIC_REFUSED  3u

#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
STATIC_CALL_KEY_RT_ int static_call_key_rt_dynamic_learn(void);
STATIC_CALL_KEY_RT_ int static_call_key_rt_dynamic_freeze(void);
STATIC_CALL_KEY_RT_ int static_call_key_rt_dynamic_stats(struct static_call_dynamic_stats *stats);
STATIC_CALL_KEY_RT_ int static_call_key_rt_dynamic_for_each(
	int (*fn)(const struct static_call_dynamic_info *info, void *data), void *data);
STATIC_CALL_KEY_RT_ int static_call_key_rt_dynamic_save(const char *path);
STATIC_CALL_KEY_RT_ int static_call_key_rt_dynamic_load(const char *path);
#endif

#ifndef STATIC_CALL_KEY_RUNTIME_SOURCE

/*
 * Use what has been learned so far of calls that were made at least 16 times. Then calls that
 * were frozen, or given up, learn again (but not those that are left to the processor), and those that have learned look after few misses
 * whether that is still right. For a program that knows that it has warmed up, or that from
 * now on it does something else.
 *
 * Returns 0; -ENOSYS without the runtime; -EDEADLK if called from a signal handler that
 * interrupted the runtime; -ENOMEM, -EPERM or -EPROTO as static_call_key_update_many(); or
 * -EACCES, -EPERM, ...: what the kernel said when the calls of a module were to learn, as
 * static_call_dynamic_stats() says too (.why).
 */
static inline int static_call_dynamic_learn(void)
{
#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_dynamic_learn)
		return static_call_key_rt_dynamic_learn();
#endif
	return -38; /* -ENOSYS */
}

/*
 * Use what has been learned so far, as above. Then nothing is counted and no code
 * changed, until static_call_dynamic_learn(): not in modules either that are loaded later. For a
 * program that is about to confine itself, or that measures.
 *
 * Returns 0, or an error as static_call_dynamic_learn().
 */
static inline int static_call_dynamic_freeze(void)
{
#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_dynamic_freeze)
		return static_call_key_rt_dynamic_freeze();
#endif
	return -38; /* -ENOSYS */
}

/* Returns 0, or an error as static_call_key_query() with its own arguments. */
static inline int static_call_dynamic_stats(struct static_call_dynamic_stats *stats)
{
#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_dynamic_stats)
		return static_call_key_rt_dynamic_stats(stats);
#endif
	(void)stats;
	return -38; /* -ENOSYS */
}

/*
 * Call fn for every dynamic call that was made, until it returns something other than 0, which is
 * then returned. Otherwise as static_call_key_for_each(); in the order in which modules were
 * loaded, and calls were first made. Strings live as long as the module.
 */
static inline int
static_call_dynamic_for_each(int (*fn)(const struct static_call_dynamic_info *info, void *data),
			     void *data)
{
#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_dynamic_for_each)
		return static_call_key_rt_dynamic_for_each(fn, data);
#endif
	(void)fn;
	(void)data;
	return 0;
}

/*
 * Write what is known of dynamic calls to a file, so that another process of this program need
 * not learn it; and use such a file. It is text: a line for each call, that names
 * files and offsets in them. Lines for files that are not loaded, or that are not the same (by
 * their build id), are passed over; loading does not replace what has been learned already.
 * A file that is wrong makes calls slower, not other ones.
 *
 * Return 0; -EINVAL: path is NULL; -ENOENT: no such file, or the system does not say of what
 * files the program is made; other errors of the system; or as static_call_dynamic_learn().
 */
static inline int static_call_dynamic_save(const char *path)
{
#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_dynamic_save)
		return static_call_key_rt_dynamic_save(path);
#endif
	(void)path;
	return -38; /* -ENOSYS */
}

static inline int static_call_dynamic_load(const char *path)
{
#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_dynamic_load)
		return static_call_key_rt_dynamic_load(path);
#endif
	(void)path;
	return -38; /* -ENOSYS */
}

#endif /* STATIC_CALL_KEY_RUNTIME_SOURCE */

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* !__KERNEL__ */

#endif /* STATIC_CALL_DYNAMIC_H */
