// SPDX-License-Identifier: MIT
/*
 * lock.c - the lock, which a signal handler may find taken by its own thread, and a
 * forked child by a thread that is not there.
 */
#include <asm/prctl.h>
#include <linux/futex.h>

#include "linux-user.h"

/*
 * The lock is a futex: 0, or the owner's number and these bits. The number is the
 * thread's id, which is below 2^22; where gettid is refused, one made of its thread
 * pointer; where that cannot be had either, NOBODY, for every thread.
 */
#define LOCK_WAITERS 0x80000000u
#define LOCK_ASKED   0x40000000u
#define LOCK_OWNER   0x3fffffffu
#define LOCK_NOBODY  0x3fffffffu
#define LOCK_POINTER 0x20000000u

/* Nobody may wake a thread that waits: it looks for itself after this. */
#define LOCK_WAIT_NS 50000000l

static bool lock_swap(struct scrt_lock *lock, uint32_t old, uint32_t new)
{
	return __atomic_compare_exchange_n(&lock->word, &old, new, false, __ATOMIC_SEQ_CST,
					   __ATOMIC_RELAXED);
}

static uint32_t lock_word(struct scrt_lock *lock)
{
	return __atomic_load_n(&lock->word, __ATOMIC_RELAXED);
}

/* Where the kernel does not do it. */
static void lock_wipe_on_fork(struct scrt_port *port)
{
	long pid = syscall3(__NR_getpid, 0, 0, 0);

	if (pid == port->pid || syscall_failed(pid))
		return;
	port->lock->known = 0;
	__atomic_store_n(&port->lock->word, 0, __ATOMIC_RELEASE);
	port->pid = pid;
}

uintptr_t scrt_thread_pointer(void)
{
	uintptr_t fs = 0;

	return syscall3(__NR_arch_prctl, ARCH_GET_FS, (long)&fs, 0) ? 0 : fs;
}

static uint32_t lock_owner(void)
{
	long tid = syscall3(__NR_gettid, 0, 0, 0);
	uintptr_t fs;

	if (!syscall_failed(tid))
		return tid;
	fs = scrt_thread_pointer();
	return fs ? ((fs >> 6) & (LOCK_POINTER - 1)) | LOCK_POINTER : LOCK_NOBODY;
}

int scrt_lock(struct scrt_state *s, bool *forked)
{
	static const struct {
		long s, ns;
	} wait = { 0, LOCK_WAIT_NS };
	struct scrt_lock *lock = s->port->lock;
	uint32_t tid = lock_owner();
	uint32_t take = tid, word;

	if (s->port->pid)
		lock_wipe_on_fork(s->port);
	while (!lock_swap(lock, 0, take)) {
		word = lock_word(lock);
		if ((word & LOCK_OWNER) == tid)
			return -EDEADLK;
		if (!word)
			continue;
		if (!(word & LOCK_WAITERS) && !lock_swap(lock, word, word | LOCK_WAITERS))
			continue;
		syscall4(__NR_futex, (long)&lock->word, FUTEX_WAIT_PRIVATE, word | LOCK_WAITERS,
			 (long)&wait);
		take = tid | LOCK_WAITERS; /* there may be others */
	}
	*forked = !lock->known;
	lock->known = 1;
	return 0;
}

/*
 * E: the partner is in enter.c. In a forked child the lock is free, but what its parent was
 * doing may be half done, and perhaps by a frame that this thread goes back to.
 */
bool scrt_trylock(struct scrt_state *s)
{
	struct scrt_port *port = s->port;

	if (lock_word(port->lock) || (!port->lock->known && s->inside))
		return false;
	/* Who has to look whether there was a fork is no child either that shares memory. */
	if (port->pid && syscall3(__NR_getpid, 0, 0, 0) != port->pid)
		return false;
	return lock_swap(port->lock, 0, lock_owner());
}

bool scrt_unlock(struct scrt_state *s)
{
	struct scrt_lock *lock = s->port->lock;
	uint32_t word;

	do {
		word = lock_word(lock);
		if (word & LOCK_ASKED) {
			__atomic_fetch_and(&lock->word, ~LOCK_ASKED, __ATOMIC_RELAXED);
			return false;
		}
	} while (!lock_swap(lock, word, 0));
	if (word & LOCK_WAITERS)
		syscall3(__NR_futex, (long)&lock->word, FUTEX_WAKE_PRIVATE, 1);
	return true;
}

/* The thread that has the lock will look at LOCK_ASKED: there is no need for later(). */
void scrt_lock_ask(struct scrt_state *s, void (*later)(void))
{
	(void)later;
	__atomic_fetch_or(&s->port->lock->word, LOCK_ASKED, __ATOMIC_RELAXED);
}
