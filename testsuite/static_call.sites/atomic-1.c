/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Threads run through sites and guards of every form while their keys change, to NULL and back,
 * and while breakpoints come and go as a kernel sets and removes uprobes. Every call
 * reaches one of the targets or does nothing; in the thread that updates it reaches
 * what the key holds. Who reads a site finds four bytes behind its first that belong together.
 * Runs for some seconds, or as many as the argument says.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>
#include <ucontext.h>

#include "sites.h"

typedef long (*fn)(long);

/* Of a void call, only what it leaves in memory counts. */
static void mark(long x, long value) { *(long *)x = value; }
long f1(long x) { mark(x, 1); return x + 1; }
long f2(long x) { mark(x, 2); return x + 2; }

fn k_void = f1, k_value = f1, k_wide = f1;
KEY_NULL(k_void, 1);
KEY_NULL(k_value, 3);
KEY_NULL(k_wide, 7);
SITE_CALL(call_void, k_void);
SITE_TAIL(tail_void, k_void, 0);
SITE_TAIL(tail_noret, k_void, 2);
SITE_CALL(call_value, k_value);
SITE_TAIL(tail_value, k_value, 0);
SITE_CALL(call_wide, k_wide);
SITE_TAIL(tail_wide, k_wide, 0);
/* Inlined code does what the functions do. */
fn k_guard = f1;
KEY_NULL(k_guard, 3);
GUARD_FUNCTION(f1);
GUARD_FUNCTION(f2);
#define INLINED(n)	"movq $" #n ", (%rdi)\n lea " #n "(%rdi), %rax\n ret\n"
FUNCTION(guarded, GUARD
	 GUARD_ENTRY(k_guard, 1, GUARD_OF(f1), "0")
	 GUARD_ENTRY(k_guard, 0, GUARD_OF(f2), "773f - .")
	 INLINED(1) "773: " INLINED(2) GUARD_SLOW(k_guard));
long call_void(long), tail_void(long), tail_noret(long), call_value(long), tail_value(long),
     call_wide(long), tail_wide(long), guarded(long);
MODULE_AUTO

#define KINDS 8
static const struct kind {
	fn *key;
	int site;
	fn call;
} kinds[KINDS] = {
	{ &k_void, 0, call_void }, { &k_void, 1, tail_void }, { &k_void, 2, tail_noret },
	{ &k_value, 0, call_value }, { &k_value, 1, tail_value },
	{ &k_wide, 0, call_wide }, { &k_wide, 1, tail_wide },
	{ &k_guard, 1, guarded },
};

static unsigned char *sites[KINDS], file_byte[KINDS];
static uintptr_t long_ways[KINDS]; /* where the file's instruction leads */
#define RESTS 5
static uint32_t rests[KINDS][RESTS]; /* what may stand behind the first byte */
static atomic_int stop;
static atomic_ulong traps;
static unsigned long calls, probes;

static void trapped(int sig, siginfo_t *si, void *context)
{
	greg_t *r = ((ucontext_t *)context)->uc_mcontext.gregs;
	int i;

	(void)sig, (void)si;
	for (i = 0; i < KINDS && r[REG_RIP] != (greg_t)(uintptr_t)sites[i] + 1; i++)
		;
	if (i == KINDS)
		abort();
	if (file_byte[i] == 0xe8) {
		r[REG_RSP] -= 8;
		*(uintptr_t *)r[REG_RSP] = (uintptr_t)sites[i] + 5;
	}
	r[REG_RIP] = (greg_t)long_ways[i];
	atomic_fetch_add(&traps, 1);
}

/* 1, 2: that target; 0: nothing; -1: something else. */
static int call(int i)
{
	long left = 0, value = kinds[i].call((long)&left) - (long)&left;

	if (left == 0)
		return kinds[i].key == &k_void || value == -(long)&left ? 0 : -1;
	return (left == 1 || left == 2) && value == left ? (int)left : -1;
}

static uint32_t rest(int i)
{
	const uint64_t *word = (uint64_t *)((uintptr_t)sites[i] & ~7ul);

	return (uint32_t)(__atomic_load_n(word, __ATOMIC_RELAXED) >> ((uintptr_t)sites[i] & 7) * 8 >> 8);
}

static int rest_is_whole(int i)
{
	uint32_t now = rest(i);
	int n;

	for (n = 0; n < RESTS && now != rests[i][n]; n++)
		;
	return n < RESTS;
}

static void *caller(void *arg)
{
	int i;

	(void)arg;
	while (!atomic_load_explicit(&stop, memory_order_relaxed))
		for (i = 0; i < KINDS; i++, calls++) {
			CHECK(call(i) >= 0);
			CHECK(rest_is_whole(i));
		}
	return NULL;
}

static void *prober(void *arg)
{
	static const unsigned char int3 = 0xcc;
	int mem = open("/proc/self/mem", O_RDWR), i = 0;

	(void)arg;
	for (; mem >= 0 && !atomic_load(&stop); i = (i + 1) % KINDS, probes++) {
		CHECK(pwrite(mem, &int3, 1, (off_t)(uintptr_t)sites[i]) == 1);
		sched_yield();
		CHECK(pwrite(mem, &file_byte[i], 1, (off_t)(uintptr_t)sites[i]) == 1);
	}
	close(mem);
	return NULL;
}

int main(int argc, char **argv)
{
	static fn const values[] = { f1, NULL, f2, NULL };
	struct sigaction sa = { .sa_sigaction = trapped, .sa_flags = SA_SIGINFO | SA_NODEFER };
	time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 2);
	unsigned long n, done = 0, refused = 0;
	const struct static_call_key_record *r;
	pthread_t t[2];
	int i, err;

	CHECK(module.runtime);
	sigaction(SIGTRAP, &sa, NULL);
	for (i = 0; i < KINDS; i++) {
		struct static_call_key_site_info info = site_nth(kinds[i].key, kinds[i].site);

		sites[i] = (unsigned char *)(uintptr_t)info.site;
		for (r = (void *)module.records_start; (void *)r->key != (void *)kinds[i].key; r++)
			;
		long_ways[i] = (uintptr_t)&r->trampoline + r->trampoline;
		if (info.flags & STATIC_CALL_KEY_SITE_INFO_GUARD) {
			CHECK(!static_call_key_update(kinds[i].key, NULL));
			info = site_nth(kinds[i].key, kinds[i].site);
			long_ways[i] = (uintptr_t)info.destination;
		}
		file_byte[i] = *sites[i];
	}
	for (i = 0; i < KINDS; i++) {
		for (n = 0; n < RESTS - 1; n++) {
			CHECK(!static_call_key_update(kinds[i].key, values[n]));
			rests[i][n] = rest(i);
		}
		rests[i][n] = (uint32_t)(long_ways[i] - (uintptr_t)sites[i] - 5);
	}
	CHECK(!pthread_create(&t[0], NULL, caller, NULL));
	CHECK(!pthread_create(&t[1], NULL, prober, NULL));
	for (n = 0; n % 64 || time(NULL) < end; n++) {
		fn value = values[n % 4];

		for (i = 0; i < KINDS; i++) {
			err = static_call_key_update(kinds[i].key, value);
			CHECK(!err || err == -ETXTBSY);
			CHECK(*kinds[i].key == value || err);
			CHECK(call(i) == (!*kinds[i].key ? 0 : *kinds[i].key == f1 ? 1 : 2));
			done += !err;
			refused += !!err;
		}
	}
	atomic_store(&stop, 1);
	for (i = 0; i < 2; i++)
		pthread_join(t[i], NULL);
	for (i = 0; i < KINDS; i++) {
		CHECK(*sites[i] != 0xcc); /* all were removed, and none brought back */
		CHECK(!static_call_key_update(kinds[i].key, f2) && call(i) == 2);
		CHECK(!static_call_key_update(kinds[i].key, NULL) && call(i) == 0);
	}
	CHECK(static_call_key_verify() == 0);
	printf("ok %lu calls, %lu updates, %lu refused, %lu breakpoints, %lu met\n", calls, done,
	       refused, probes, atomic_load(&traps));
	return 0;
}
