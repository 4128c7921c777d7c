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
 *				the variable STATIC_CALL is not seen
 *	futex			a thread that waits for the lock spins
 *	gettid			see below
 */
#include <asm/prctl.h>
#include <linux/futex.h>
#include <linux/membarrier.h>
#include <linux/mman.h>

#include "os-linux-user.h"

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
static void wipe_on_fork(struct scrt_port *port)
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
		wipe_on_fork(s->port);
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

void scrt_lock_ask(struct scrt_state *s)
{
	__atomic_fetch_or(&s->port->lock->word, LOCK_ASKED, __ATOMIC_RELAXED);
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

/* A run of executable mappings of one file, one behind the other. */
struct text_run {
	uintptr_t lo, hi;
	uintptr_t offset, device, inode;
	bool writable; /* all of them */
};

static bool same_file(const struct text_run *run, const struct scrt_mapping *mapping)
{
	return run->inode && run->inode == mapping->inode && run->device == mapping->device;
}

static void run_add(struct text_run *run, const struct scrt_mapping *mapping)
{
	if (run->hi == mapping->lo && run->inode == mapping->inode &&
	    run->device == mapping->device) {
		run->hi = mapping->hi;
		run->writable &= mapping->writable;
		return;
	}
	run->lo = mapping->lo;
	run->hi = mapping->hi;
	run->offset = mapping->offset;
	run->device = mapping->device;
	run->inode = mapping->inode;
	run->writable = mapping->writable;
}

/*
 * Linkers put all code of a module in one piece. A tool that rewrites the linked file
 * (BOLT) leaves that as it is, for what it does not know, and adds another one, to
 * which it has moved some functions or all: executable memory of the same file that
 * is another part of it. (The same part again is the module, loaded twice.)
 */
static bool is_second_text(const struct text_run *own, const struct scrt_mapping *mapping)
{
	return same_file(own, mapping) && mapping->executable && mapping->lo > own->hi &&
	       (mapping->offset < own->offset ||
		mapping->offset >= own->offset + (own->hi - own->lo));
}

/*
 * An emulator shows the program the mappings of another address space, or its own
 * idea of what is executable: a list in which this very code is not says nothing.
 */
int scrt_text_check(struct scrt_module *m)
{
	uintptr_t self = (uintptr_t)&scrt_text_check;
	bool found = false, moved = false, believe = false;
	struct scrt_mapping mapping;
	struct text_run run = { 0 };
	struct scrt_maps maps;

	if (!m->nsites || !scrt_maps_open(&maps))
		return 0;
	while (!moved && scrt_maps_next(&maps, &mapping)) {
		believe |= mapping.executable && self >= mapping.lo && self < mapping.hi;
		if (found && mapping.lo >= run.hi && mapping.inode && !same_file(&run, &mapping))
			break;
		moved = found && is_second_text(&run, &mapping);
		if (mapping.readable && mapping.executable && (!found || run.hi == mapping.lo))
			run_add(&run, &mapping);
		found |= run.lo <= m->text_lo && run.hi >= m->text_hi;
	}
	scrt_maps_close(&maps);
	if (moved)
		return -ESTALE;
	if (!found)
		return believe && !maps.failed ? -EFAULT : 0;
	return run.writable;
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
	int err = syscall3(__NR_mprotect, lo, hi - lo, PROT_READ | PROT_WRITE | PROT_EXEC);

	(void)m;
	/* Pages of the wrong size: huge ones of a file have come here since. */
	return err == -EINVAL ? -EACCES : err;
}

int scrt_text_close(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	(void)m;
	return syscall3(__NR_mprotect, lo, hi - lo, PROT_READ | PROT_EXEC);
}

bool scrt_register_sync_core(void)
{
	return syscall3(__NR_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE, 0,
			0) == 0;
}

/*
 * Under valgrind this sequence, which does nothing elsewhere, is its client request
 * DISCARD_TRANSLATIONS. It is an interface of valgrind, made to be compiled into
 * programs; see valgrind.h.
 */
#define VALGRIND_DISCARD_TRANSLATIONS 0x1002

void scrt_text_changed(uintptr_t lo, uintptr_t hi)
{
	volatile uintptr_t request[6] = { VALGRIND_DISCARD_TRANSLATIONS, lo, hi - lo, 0, 0, 0 };
	uintptr_t result = 0;

	__asm__ volatile("rolq $3, %%rdi\n\t"
			 "rolq $13, %%rdi\n\t"
			 "rolq $61, %%rdi\n\t"
			 "rolq $51, %%rdi\n\t"
			 "xchgq %%rbx, %%rbx"
			 : "+d"(result)
			 : "a"(request)
			 : "cc", "memory");
}

void scrt_sync_cores(struct scrt_state *s)
{
	struct scrt_port *port = s->port;

	if (!port->sync_core)
		return;
	if (syscall3(__NR_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE, 0, 0) == 0)
		return;
	/* A process that was restored from a checkpoint has to register again. */
	if (scrt_register_sync_core() &&
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

/* The file that an address belongs to. */
static bool file_of(uintptr_t address, struct scrt_mapping *mapping)
{
	struct scrt_maps maps;
	bool found = false;

	if (!scrt_maps_open(&maps))
		return false;
	while (!found && scrt_maps_next(&maps, mapping))
		found = address >= mapping->lo && address < mapping->hi && mapping->name[0];
	scrt_maps_close(&maps);
	return found;
}

void scrt_log(const struct scrt_state *s, const struct static_call_key_module *desc, int err)
{
	struct scrt_mapping mapping;
	char line[384];
	size_t n = 0, max = sizeof(line) - 1;

	if (!s->log)
		return;
	n = append(line, n, max, "static_call: ");
	n = append(line, n, max, file_of((uintptr_t)desc, &mapping) ? mapping.name : "(a module)");
	n = append(line, n, max, ": calls are left unpatched: ");
	n = append(line, n, max, scrt_strerror(err));
	n = append(line, n, max, " (error ");
	n = append_number(line, n, max, -err);
	n = append(line, n, max, ")");
	line[n++] = '\n';
	syscall3(__NR_write, 2, (long)line, n);
}
