// SPDX-License-Identifier: MIT
/*
 * os-linux-user.c - the port for Linux programs: raw system calls only.
 *
 * Needed of the kernel, and what happens without:
 *
 *	mprotect to W+X		forbidden (SELinux execmod, PR_SET_MDWE, seccomp,
 *				mseal): sites stay at their trampolines
 *	membarrier SYNC_CORE	(4.16) closing the window interrupts the cores that
 *				run this process, on most; else the change is
 *				noticed when they next serialise
 *	MADV_WIPEONFORK		(4.14) a fork is noticed by the process id; then a
 *				vfork child must leave this library alone, and a
 *				child call it before it starts threads
 *	/proc			text is taken to be readable and not writable, and
 *				copies of the runtime do not find each other
 *	memfd_create		(3.17) copies do not find each other
 */
#include <linux/futex.h>
#include <linux/memfd.h>
#include <linux/membarrier.h>
#include <linux/mman.h>

#include "os-linux-user.h"

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#endif

/*
 * The lock is a futex: 0, or the owner's thread id and these bits. Thread ids
 * are below 2^22. It is in memory that a forked child finds zeroed: the lock
 * is free then, and .known 0 tells that this is a child.
 */
#define LOCK_WAITERS 0x80000000u
#define LOCK_ASKED   0x40000000u
#define LOCK_OWNER   0x3fffffffu

struct lock {
	uint32_t word;
	uint32_t known;
};

struct scrt_port {
	struct lock *lock;
	uint32_t pid; /* not 0: the lock is not zeroed by fork */
	bool sync_core;
};

struct scrt_state *scrt_known_state;

void *scrt_alloc(size_t bytes)
{
	long p = syscall6(__NR_mmap, 0, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			  -1, 0);

	return syscall_failed(p) ? NULL : (void *)p;
}

void scrt_free(void *p, size_t bytes)
{
	syscall3(__NR_munmap, (long)p, bytes, 0);
}

/* ---- the lock ---- */

static bool lock_swap(struct lock *lock, uint32_t old, uint32_t new)
{
	return __atomic_compare_exchange_n(&lock->word, &old, new, false, __ATOMIC_SEQ_CST,
					   __ATOMIC_RELAXED);
}

static uint32_t lock_word(struct lock *lock)
{
	return __atomic_load_n(&lock->word, __ATOMIC_RELAXED);
}

/* Where the kernel does not do it. */
static void wipe_on_fork(struct scrt_port *port)
{
	uint32_t pid = syscall3(__NR_getpid, 0, 0, 0);

	if (pid == port->pid)
		return;
	port->lock->known = 0;
	__atomic_store_n(&port->lock->word, 0, __ATOMIC_RELEASE);
	port->pid = pid;
}

int scrt_lock(struct scrt_state *s, bool *forked)
{
	struct lock *lock = s->port->lock;
	uint32_t tid = syscall3(__NR_gettid, 0, 0, 0);
	uint32_t take = tid, word;

	if (s->port->pid)
		wipe_on_fork(s->port);
	while (!lock_swap(lock, 0, take)) {
		word = lock_word(lock);
		if ((word & LOCK_OWNER) == tid)
			return -EDEADLK;
		if (!word)
			continue;
		if (!(word & LOCK_WAITERS) && !lock_swap(lock, word, word | LOCK_WAITERS))
			continue;
		syscall4(__NR_futex, (long)&lock->word, FUTEX_WAIT_PRIVATE, word | LOCK_WAITERS, 0);
		take = tid | LOCK_WAITERS; /* there may be others */
	}
	*forked = !lock->known;
	lock->known = 1;
	return 0;
}

bool scrt_unlock(struct scrt_state *s)
{
	struct lock *lock = s->port->lock;
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

void scrt_lock_ask(struct scrt_state *s)
{
	__atomic_fetch_or(&s->port->lock->word, LOCK_ASKED, __ATOMIC_RELAXED);
}

/* ---- the state ---- */

/*
 * Several copies of the runtime may be loaded, with nothing that a linker would
 * let them find each other by: one in an executable, one in a dlopened library.
 * The first maps a page which the list of mappings shows under this name. Two
 * that start at the same moment could miss each other, but the dynamic linker
 * starts one library at a time.
 */
#define MEETING_NAME  "static_call_key_runtime"
#define MEETING_MAGIC 0x79656b5f6c6c6163ull

struct meeting {
	uint64_t magic;
	uint64_t layout;
	struct scrt_state *state;
};

static bool is_meeting(const char *name)
{
	static const char wanted[] = "/memfd:" MEETING_NAME " (deleted)";
	size_t i;

	for (i = 0; wanted[i]; i++)
		if (name[i] != wanted[i])
			return false;
	return !name[i];
}

static const struct meeting *find_meeting(void)
{
	const struct meeting *found = NULL;
	struct scrt_mapping mapping;
	struct scrt_maps maps;

	if (!scrt_maps_open(&maps))
		return NULL;
	while (!found && scrt_maps_next(&maps, &mapping)) {
		const struct meeting *meeting = (const struct meeting *)mapping.lo;

		if (is_meeting(mapping.name) && mapping.readable &&
		    __atomic_load_n(&meeting->magic, __ATOMIC_ACQUIRE) == MEETING_MAGIC)
			found = meeting;
	}
	scrt_maps_close(&maps);
	return found;
}

static void make_meeting(struct scrt_state *s)
{
	static const char name[] = MEETING_NAME;
	struct meeting *meeting;
	long fd, p;

	fd = syscall3(__NR_memfd_create, (long)name, MFD_CLOEXEC | MFD_NOEXEC_SEAL, 0);
	if (fd == -EINVAL)
		fd = syscall3(__NR_memfd_create, (long)name, MFD_CLOEXEC, 0);
	if (syscall_failed(fd))
		return;
	syscall3(__NR_ftruncate, fd, SCRT_PAGE, 0);
	p = syscall6(__NR_mmap, 0, SCRT_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	syscall3(__NR_close, fd, 0, 0);
	if (syscall_failed(p))
		return;
	meeting = (struct meeting *)p;
	meeting->layout = SCRT_LAYOUT;
	meeting->state = s;
	__atomic_store_n(&meeting->magic, MEETING_MAGIC, __ATOMIC_RELEASE);
}

static void state_free(struct scrt_state *s)
{
	if (s->port) {
		if (s->port->lock)
			scrt_free(s->port->lock, SCRT_PAGE);
		scrt_free(s->port, SCRT_PAGE);
	}
	scrt_free(s, sizeof(*s));
}

static bool register_sync_core(void)
{
	return syscall3(__NR_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE, 0,
			0) == 0;
}

static struct scrt_state *state_make(void)
{
	struct scrt_state *s = scrt_alloc(sizeof(*s));
	struct scrt_port *port;

	if (!s)
		return NULL;
	s->port = port = scrt_alloc(SCRT_PAGE);
	if (port)
		port->lock = scrt_alloc(SCRT_PAGE);
	if (!port || !port->lock) {
		state_free(s);
		return NULL;
	}
	if (syscall3(__NR_madvise, (long)port->lock, SCRT_PAGE, MADV_WIPEONFORK))
		port->pid = syscall3(__NR_getpid, 0, 0, 0);
	port->lock->known = 1;
	port->sync_core = register_sync_core();
	s->fence = !port->sync_core;
	s->key_lo = UINTPTR_MAX;
	return s;
}

/* Several threads may be here at once, and a child of fork in their midst. */
struct scrt_state *scrt_find_state(int *err)
{
	const struct meeting *meeting = find_meeting();
	struct scrt_state *s, *known = NULL;

	if (meeting && meeting->layout != SCRT_LAYOUT) {
		*err = -EPROTO;
		return NULL;
	}
	s = meeting ? meeting->state : state_make();
	if (!s) {
		*err = -ENOMEM;
		return NULL;
	}
	if (!__atomic_compare_exchange_n(&scrt_known_state, &known, s, false, __ATOMIC_ACQ_REL,
					 __ATOMIC_ACQUIRE)) {
		if (known != s)
			state_free(s);
		return known;
	}
	if (!meeting)
		make_meeting(s);
	return s;
}

/* ---- text ---- */

/* The kernel compares the word there with one that it hardly is, and does not wait. */
int scrt_readable(uintptr_t address)
{
	static const struct {
		long s, ns;
	} now = { 0, 0 };
	long err = syscall4(__NR_futex, address & ~3ul, FUTEX_WAIT_PRIVATE, 0x5ca11, (long)&now);

	if (err == -EFAULT)
		return 0;
	return !err || err == -EAGAIN || err == -ETIMEDOUT || err == -EINTR ? 1 : -ENOSYS;
}

int scrt_text_check(struct scrt_module *m)
{
	uintptr_t lo = m->text_lo, hi = m->text_hi;
	struct scrt_mapping mapping;
	struct scrt_maps maps;
	bool writable = true;

	if (!scrt_maps_open(&maps))
		return 0;
	while (lo < hi && scrt_maps_next(&maps, &mapping)) {
		if (mapping.hi <= lo)
			continue;
		if (mapping.lo > lo || !mapping.readable || !mapping.executable)
			break;
		writable = writable && mapping.writable;
		lo = mapping.hi;
	}
	scrt_maps_close(&maps);
	return lo < hi ? -EFAULT : writable;
}

uintptr_t scrt_text_start(uintptr_t lo)
{
	return lo & ~(SCRT_PAGE - 1);
}

uintptr_t scrt_text_end(uintptr_t hi)
{
	return (hi + SCRT_PAGE - 1) & ~(SCRT_PAGE - 1);
}

int scrt_text_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	(void)m;
	return syscall3(__NR_mprotect, lo, hi - lo, PROT_READ | PROT_WRITE | PROT_EXEC);
}

int scrt_text_close(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	(void)m;
	return syscall3(__NR_mprotect, lo, hi - lo, PROT_READ | PROT_EXEC);
}

void scrt_sync_cores(struct scrt_state *s)
{
	struct scrt_port *port = s->port;

	if (!port->sync_core)
		return;
	if (syscall3(__NR_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE, 0, 0) == 0)
		return;
	/* A process that was restored from a checkpoint has to register again. */
	if (register_sync_core() &&
	    syscall3(__NR_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE, 0, 0) == 0)
		return;
	port->sync_core = false;
	s->fence = true;
}

/* ---- the end ---- */

static size_t append(char *line, size_t at, size_t max, const char *s)
{
	while (*s && at < max)
		line[at++] = *s++;
	return at;
}

static size_t append_number(char *line, size_t at, size_t max, unsigned int n)
{
	char digits[12];
	size_t i = sizeof(digits) - 1;

	digits[i] = '\0';
	do {
		digits[--i] = '0' + n % 10;
		n /= 10;
	} while (n);
	return append(line, at, max, digits + i);
}

void scrt_fatal(const char *name, int err)
{
	char line[256];
	size_t n = 0, max = sizeof(line) - 1;

	n = append(line, n, max, "static_call: a store changed the key ");
	n = append(line, n, max / 2, name ? name : "(no name)");
	n = append(line, n, max, ", but its call sites cannot follow: ");
	n = append(line, n, max, scrt_strerror(err));
	n = append(line, n, max, " (error ");
	n = append_number(line, n, max, -err);
	n = append(line, n, max, ")");
	line[n++] = '\n';
	syscall3(__NR_write, 2, (long)line, n);
	__builtin_trap();
}
