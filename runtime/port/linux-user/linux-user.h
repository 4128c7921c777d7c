/* SPDX-License-Identifier: MIT */
/*
 * linux-user.h - what the files of the port for Linux programs share. Each calls only
 * files that stand below it here:
 *
 *	find-state.c	the state, and how copies of the runtime meet
 *	messages.c	what is said to the user
 *	probes.c	what tracers are told
 *	text.c		code: may it be written to, and the window for that; other cores
 *	remap.c		... code that is replaced instead
 *	lock.c		the lock
 *	saved.c		what was learned, in a file
 *	perf.c		names for code that is written, for perf(1)
 *	files.c		which files the program is made of
 *	learn-entry.c	calls that are learned come in
 *	moment.c	what a thread needs that decides in the middle of a call
 *	near.c		memory near a module's code
 *	memory.c	memory
 *	lines.c		lines of text, and where they go
 *	proc.c		reading /proc
 *	syscall.h	system calls
 *
 * Needed of the kernel, and what happens without:
 *
 *	mprotect to W+X		forbidden (SELinux execmod, PR_SET_MDWE, seccomp,
 *				mseal): sites stay at their trampolines, or the
 *				user asks for text that is replaced, see remap.c
 *	membarrier SYNC_CORE	(4.16) closing the window interrupts the cores that
 *				run this process, on most; else the change is
 *				noticed when they next serialise
 *	MADV_WIPEONFORK		(4.14) a fork is noticed by the process id; then a
 *				vfork child must leave this library alone, and a
 *				child call it before it starts threads
 *	/proc			text is taken to be readable and not writable, and
 *				the variable STATIC_CALL is not seen
 *	uname			(6.16) sites are looked at once more when they have changed,
 *				see text.c
 *	futex			a thread that waits for the lock spins
 *	gettid			see lock.c
 *	memory that was written	dynamic calls stay as linked
 *	  and is executed then
 *	rt_sigprocmask		a handler that leaves the middle of a dynamic call by
 *				longjmp() may leave the lock taken
 *	clock_gettime		dynamic calls whose targets change are learned anew less
 *				often
 */
#ifndef STATIC_CALL_LINUX_USER_H
#define STATIC_CALL_LINUX_USER_H

#include "port.h"
#include "proc.h"
#include "syscall.h"

/*
 * The lock is in memory that a forked child finds zeroed: it is free then, and
 * .known 0 tells that this is a child.
 */
struct scrt_lock {
	uint32_t word;
	uint32_t known;
};

struct scrt_port {
	struct scrt_lock *lock;
	uint32_t pid; /* not 0: the lock is not zeroed by fork */
	bool sync_core;
	bool remap;              /* text is never writable */
	uint16_t told;           /* words: it was said that their files fail */
	struct scrt_words words; /* the rest of a page */
};

#pragma GCC visibility push(hidden)

/* lock.c: %fs of this thread; 0: it has none, or the kernel does not say. */
uintptr_t scrt_thread_pointer(void);

/* messages.c: if the user asked for it: these words of STATIC_CALL mean nothing. */
void scrt_log_words(const struct scrt_state *s, const char *words);

/* The file of this word cannot be written: that is said once. */
void scrt_tell_file(struct scrt_port *port, unsigned int word, const char *file, int err);

/* text.c: let scrt_sync_cores() work. */
bool scrt_register_sync_core(void);

/* text.c: is what is stored to a page never lost, whatever the kernel does with the page meanwhile? */
bool scrt_kernel_keeps_stores(void);

#pragma GCC visibility pop

#endif /* STATIC_CALL_LINUX_USER_H */
