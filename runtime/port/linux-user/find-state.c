// SPDX-License-Identifier: MIT
/*
 * find-state.c - the state of a program, made once, and how several copies
 * of the runtime find it: one in the executable, one in a dlopened library, with
 * nothing that a linker would let them find each other by.
 *
 * They meet at addresses that all know. The first copy maps a page at each, with the
 * address of the state; a copy that comes later cannot map its own there and finds
 * that page. Only mmap is needed for it, without which no copy patches anything: a
 * program may lose /proc, file descriptors and most system calls, be forked or be
 * traced between the two. The places lie where neither programs nor their heaps,
 * libraries and stacks are put, nor the shadows of the sanitizers. They are two,
 * because something may be mapped at one already, and go away later. All are looked at,
 * and a copy that can neither take a place nor find a state in one patches nothing.
 *
 * A page that everybody can find must not tell everybody where things are: the
 * address is mixed with the stack protector's meet_secret of the process, as far as its
 * bits can vary, and the page is read-only.
 */
#include <linux/futex.h>
#include <linux/mman.h>

#include "learn.h"
#include "linux-user.h"
#include "proc.h"
#include "remap.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000 /* older kernels take it for a mere wish */
#endif

#define MEETING_MAGIC   0x79656b5f6c6c6163ull
#define MEETING_PLACES  2
#define MEETING_ADDRESS 0x7ffffffff000ull /* the bits of an address of a page */

/*
 * Copies of the runtime that were built apart share these: a change of the layout wants
 * another SCRT_LAYOUT.
 */
_Static_assert(SCRT_LAYOUT == 12 && sizeof(struct scrt_record) == 64 &&
		       sizeof(struct scrt_module) == 272 && sizeof(struct scrt_ref) == 24 &&
		       sizeof(struct scrt_registry) == 56 && sizeof(struct scrt_port) == 1104 &&
		       sizeof(struct scrt_seal) == 24 && sizeof(struct scrt_seals) == 16 &&
		       sizeof(struct scrt_slot) == 128 && sizeof(struct scrt_hits) == 64 &&
		       sizeof(struct scrt_dynamic) == 208 && sizeof(struct scrt_choice) == 40 &&
		       sizeof(struct scrt_choices) == 16 &&
		       offsetof(struct scrt_state, filter) == 256 &&
		       sizeof(struct scrt_state) == 256 + (1 << SCRT_FILTER_SHIFT) / 8,
	       "layout");

struct meeting {
	uint64_t magic;
	uint64_t layout;
	uint64_t state;
};

static const uintptr_t places[MEETING_PLACES] = { 0x56785ca11000, 0x567a5ca11000 };

struct scrt_state *scrt_known_state;

/* The same in all threads of all copies; 0 in programs without a libc. */
static uint64_t meet_secret(void)
{
	uint64_t word = 0;

	if (scrt_thread_pointer())
		/* Volatile, or the compiler may read it before it is asked whether it is there. */
		__asm__ volatile("movq %%fs:0x28, %0" : "=r"(word));
	return word & MEETING_ADDRESS;
}

static bool meet_take_place(uintptr_t place)
{
	long p = syscall6(__NR_mmap, place, SCRT_PAGE, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	if (p == (long)place)
		return true;
	if (!syscall_failed(p))
		scrt_free((void *)p, SCRT_PAGE);
	return false;
}

/*
 * A: the magic number is the last that is written to a page, in meet_publish(). Wait for
 * it, but not for ever.
 */
static bool meet_is_written(const struct meeting *meeting)
{
	static const struct {
		long s, ns;
	} wait = { 0, 1000000 };
	int i;

	for (i = 0; i < 10 && !__atomic_load_n(&meeting->magic, __ATOMIC_ACQUIRE); i++)
		syscall4(__NR_futex, (long)&meeting->magic, FUTEX_WAIT_PRIVATE, 0, (long)&wait);
	return __atomic_load_n(&meeting->magic, __ATOMIC_ACQUIRE) == MEETING_MAGIC;
}

/* Where a place is not ours: the state that it tells of, or NULL and perhaps *err. */
static struct scrt_state *meet_look(uintptr_t place, int *err)
{
	const struct meeting *meeting = (const struct meeting *)place;
	int readable = scrt_readable(place);
	struct scrt_state *s;

	if (readable < 0)
		*err = -EPROTO;
	if (readable <= 0 || !meet_is_written(meeting))
		return NULL;
	s = (struct scrt_state *)(uintptr_t)(meeting->state ^ meet_secret());
	if (meeting->layout == SCRT_LAYOUT && scrt_readable((uintptr_t)s) > 0 && s->self == s)
		return s;
	*err = -EPROTO;
	return NULL;
}

/* A: the partner of meet_is_written(). */
static void meet_publish(uintptr_t place, struct scrt_state *s)
{
	struct meeting *meeting = (struct meeting *)place;

	meeting->layout = SCRT_LAYOUT;
	meeting->state = (uintptr_t)s ^ meet_secret();
	__atomic_store_n(&meeting->magic, MEETING_MAGIC, __ATOMIC_RELEASE);
	syscall3(__NR_mprotect, place, SCRT_PAGE, PROT_READ);
}

/* The state that another copy has made; or own, which may be NULL; or NULL and *err. */
static struct scrt_state *meet_others(struct scrt_state *own, int *err)
{
	int none = own ? -EPROTO : *err;
	bool taken[MEETING_PLACES], any = false;
	struct scrt_state *s = NULL;
	int i;

	*err = 0;
	for (i = 0; i < MEETING_PLACES; i++) {
		taken[i] = own && meet_take_place(places[i]);
		any |= taken[i];
	}
	for (i = 0; i < MEETING_PLACES && !s && !*err; i++)
		if (!taken[i])
			s = meet_look(places[i], err);
	if (!s && !*err && !any)
		*err = none;
	if (!s && !*err)
		s = own;
	for (i = 0; i < MEETING_PLACES; i++) {
		if (!taken[i])
			continue;
		if (s)
			meet_publish(places[i], s);
		else
			scrt_free((void *)places[i], SCRT_PAGE);
	}
	return s;
}

static void state_free(struct scrt_state *s)
{
	if (!s)
		return;
	if (s->port) {
		if (s->port->lock)
			scrt_free(s->port->lock, SCRT_PAGE);
		scrt_free(s->port, SCRT_PAGE);
	}
	scrt_free(s, sizeof(*s));
}

/* A fork that nobody would notice could leave the child a lock that nobody has. */
static bool state_notice_forks(struct scrt_port *port)
{
	long pid;

	if (!syscall3(__NR_madvise, (long)port->lock, SCRT_PAGE, MADV_WIPEONFORK))
		return true;
	pid = syscall3(__NR_getpid, 0, 0, 0);
	port->pid = pid;
	return !syscall_failed(pid);
}

static struct scrt_state *state_make(int *err)
{
	struct scrt_state *s = scrt_alloc(sizeof(*s));
	struct scrt_port *port;
	unsigned int words;

	*err = -ENOMEM;
	if (!s)
		return NULL;
	s->port = port = scrt_alloc(SCRT_PAGE);
	if (port)
		port->lock = scrt_alloc(SCRT_PAGE);
	*err = !port || !port->lock ? -ENOMEM : !state_notice_forks(port) ? -EPERM : 0;
	if (*err) {
		state_free(s);
		return NULL;
	}
	port->lock->known = 1;
	port->sync_core = scrt_register_sync_core();
	s->fence = !port->sync_core;
	s->key_lo = UINTPTR_MAX;
	words = scrt_environment(&port->words, SCRT_PAGE - offsetof(struct scrt_port, words));
	s->off = words & SCRT_WORD_OFF;
	s->log = words & SCRT_WORD_LOG;
	s->forced = words & SCRT_WORD_OFFER ? port->words.offers : NULL;
	s->calls = words & SCRT_WORD_NOBODIES;
	port->remap = words & SCRT_WORD_REMAP || scrt_program_remaps();
	s->stays = !port->remap && scrt_kernel_keeps_stores();
	/* Blocks are written where others are executed. */
	s->dynamic_off = words & SCRT_WORD_NODYNAMIC || port->remap;
	s->stats = words & SCRT_WORD_STATS;
	s->perf = words & SCRT_WORD_PERF;
	s->counting = words & SCRT_WORD_COUNT;
	s->load = words & SCRT_WORD_LEARNED ? port->words.load : NULL;
	s->save = words & SCRT_WORD_SAVE ? port->words.save : NULL;
	s->self = s;
	return s;
}

/*
 * Several threads may be here at once. Those of one copy meet as copies do: one of
 * them takes the places.
 */
struct scrt_state *scrt_find_state(int *err)
{
	struct scrt_state *own = state_make(err), *s = meet_others(own, err);

	if (s != own)
		state_free(own);
	else if (own)
		scrt_log_words(own, own->port->words.unknown);
	if (s)
		scrt_remap_set(s->port->remap);
	/* A: the partner of scrt_known(). */
	if (s)
		__atomic_store_n(&scrt_known_state, s, __ATOMIC_RELEASE);
	return s;
}
