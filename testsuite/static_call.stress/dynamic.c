/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Threads call through sites of every kind, by changing mixtures of targets, while these
 * learn, are frozen, wake, give up and learn anew; libraries with sites and targets of their
 * own come and go, at the same addresses with other functions; signals interrupt calls, and
 * children go on. Every call has to reach the function that its pointer held.
 *
 *	dynamic LIBRARY LIBRARY
 *
 * CONTROL=1: one site is led to the function that it has learned as if that were all there is.
 * Then calls have to be seen that reach another one than they should.
 *
 * STATIC_CALL_STRESS=full: until 10^9 calls have been made.
 */
#define _GNU_SOURCE
#include "dynamic.h"
#include "enough.h"

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define BATCH	    64
#define THREADS_MAX 16
#define SECONDS	    5
#define LEAST	    100000
#define LEAST_ROUND 10
#define FULL_CALLS  1000000000ull
#define CALLERS	    8

#ifndef CONTROL
#define CONTROL 0
#endif

#define TARGET(i) NOIPA static unsigned long target_##i(unsigned long x) { return MARKED(i, x); }
TARGET(0) TARGET(1) TARGET(2) TARGET(3) TARGET(4) TARGET(5) TARGET(6) TARGET(7)
TARGET(8) TARGET(9) TARGET(10) TARGET(11) TARGET(12) TARGET(13) TARGET(14) TARGET(15)

static const fn targets[TARGETS] = {
	target_0, target_1, target_2, target_3, target_4, target_5, target_6, target_7,
	target_8, target_9, target_10, target_11, target_12, target_13, target_14, target_15,
};

struct ops {
	fn plain;
	fn named STATIC_CALL_DYNAMIC;
};

/* Retpolines, in a program whose other calls are jumps. */
#define THUNK __attribute__((indirect_branch("thunk"))) NOIPA

NOIPA static unsigned long tail(fn f, unsigned long x)
{
	return f(x);
}

THUNK static unsigned long tail_thunk(fn f, unsigned long x)
{
	return f(x);
}

NOIPA static unsigned long tail_named(struct ops *ops, unsigned long x)
{
	return ops->named(x);
}

/* Each calls f[0](x), f[1](x + 1), ... */
typedef void (*caller)(unsigned long *r, const fn *f, unsigned long x);

NOIPA static void call_one(unsigned long *r, const fn *f, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i++)
		r[i] = f[i](x + i);
}

THUNK static void call_one_thunk(unsigned long *r, const fn *f, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i++)
		r[i] = f[i](x + i);
}

#define FOUR(call) (call(0), call(1), call(2), call(3))
#define CALL(n)	   r[i + n] = f[i + n](x + i + n)

NOIPA static void call_four(unsigned long *r, const fn *f, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i += 4)
		FOUR(CALL);
}

THUNK static void call_four_thunk(unsigned long *r, const fn *f, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i += 4)
		FOUR(CALL);
}

NOIPA static void call_tail(unsigned long *r, const fn *f, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i++)
		r[i] = tail(f[i], x + i);
}

NOIPA static void call_tail_thunk(unsigned long *r, const fn *f, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i++)
		r[i] = tail_thunk(f[i], x + i);
}

THUNK static void call_named(unsigned long *r, const fn *f, unsigned long x)
{
	struct ops ops;
	int i;

	for (i = 0; i < BATCH; i++) {
		ops.named = f[i];
		__asm__ volatile("" : "+m"(ops));
		r[i] = ops.named(x + i);
	}
}

NOIPA static void call_tail_named(unsigned long *r, const fn *f, unsigned long x)
{
	struct ops ops;
	int i;

	for (i = 0; i < BATCH; i++) {
		ops.named = f[i];
		r[i] = tail_named(&ops, x + i);
	}
}

static const caller callers[CALLERS] = {
	call_one, call_one_thunk, call_four, call_four_thunk,
	call_tail, call_tail_thunk, call_named, call_tail_named,
};

/* ---- calls, and where they went ---- */

struct counts {
	unsigned long calls, wrong;
	char pad[112];
};
static struct counts counts[THREADS_MAX + 1] __attribute__((aligned(128)));
static int stop;

/* One batch through one caller: targets are chosen, remembered, called and compared. */
static void batch(struct counts *c, unsigned int which, unsigned int mix, unsigned long *seed)
{
	unsigned long r[BATCH], x = *seed;
	unsigned char number[BATCH];
	fn f[BATCH];
	int i;

	for (i = 0; i < BATCH; i++) {
		*seed = *seed * 6364136223846793005ul + 1442695040888963407ul;
		switch (mix & 3) {
		case 0: /* one */
			number[i] = mix / 4 % TARGETS;
			break;
		case 1: /* by turns */
			number[i] = (mix / 4 + i % (mix / 64 % 4 + 2)) % TARGETS;
			break;
		case 2: /* one, and seldom another */
			number[i] = (mix / 4 + ((*seed >> 33) % 256 == 0)) % TARGETS;
			break;
		case 3:
			number[i] = (*seed >> 33) % TARGETS;
			break;
		}
		f[i] = targets[number[i]];
	}
	callers[which](r, f, x);
	for (i = 0; i < BATCH; i++)
		if (r[i] != MARKED(number[i], x + i))
			__atomic_fetch_add(&c->wrong, 1, __ATOMIC_RELAXED);
	__atomic_store_n(&c->calls, c->calls + BATCH, __ATOMIC_RELAXED);
}

/* Each thread changes the mix of each caller at its own pace. */
static void *caller_thread(void *data)
{
	struct counts *c = (struct counts *)data;
	unsigned long seed = (unsigned long)(c - counts) * 977 + 12345, n;

	for (n = 0; !__atomic_load_n(&stop, __ATOMIC_RELAXED); n++) {
		unsigned int which = n % CALLERS, pace = 10 + which % 4;

		batch(c, which, (unsigned int)(n / CALLERS >> pace) * 7 + which, &seed);
	}
	return NULL;
}

/* In the middle of whatever the thread does: through the same sites. */
static void on_signal(int sig)
{
	static struct counts in_handler;
	unsigned long seed = (unsigned long)sig;
	unsigned int i;

	for (i = 0; i < CALLERS; i++)
		batch(&in_handler, i, 4 * (i + 3), &seed);
	__atomic_fetch_add(&counts[THREADS_MAX].wrong,
			   __atomic_exchange_n(&in_handler.wrong, 0, __ATOMIC_RELAXED),
			   __ATOMIC_RELAXED);
}

static struct counts sum(void)
{
	struct counts s = { 0, 0, "" };
	unsigned int i;

	for (i = 0; i <= THREADS_MAX; i++) {
		s.calls += __atomic_load_n(&counts[i].calls, __ATOMIC_RELAXED);
		s.wrong += __atomic_load_n(&counts[i].wrong, __ATOMIC_RELAXED);
	}
	return s;
}

/* ---- what goes on meanwhile ---- */

/* A library comes, its calls and its function are learned, there and here, and it goes. */
static void library(const char *path, int which)
{
	unsigned long (*lib_wrong)(fn, int, unsigned long), r[BATCH];
	void *h = dlopen(path, RTLD_NOW);
	fn lib_target, f[BATCH];
	unsigned int i, k, round;

	if (!h)
		fprintf(stderr, "%s\n", dlerror());
	CHECK(h != NULL);
	lib_wrong = (unsigned long (*)(fn, int, unsigned long))dlsym(h, "lib_wrong");
	lib_target = (fn)dlsym(h, "lib_target");
	CHECK(lib_wrong && lib_target);
	CHECK(lib_wrong(lib_target, TARGET_LIB + which, 1500) == 0);
	CHECK(lib_wrong(target_3, 3, 200) == 0);
	for (i = 0; i < BATCH; i++)
		f[i] = lib_target;
	for (round = 0; round < 40; round++)
		for (k = 0; k < CALLERS; k++) {
			callers[k](r, f, round);
			for (i = 0; i < BATCH; i++)
				CHECK(r[i] == MARKED(TARGET_LIB + which, round + i));
		}
	CHECK(!static_call_dynamic_learn());
	CHECK(lib_wrong(lib_target, TARGET_LIB + which, 500) == 0);
	dlclose(h);
}

static void child(void)
{
	struct counts c = { 0, 0, "" };
	unsigned long seed = 1;
	unsigned int n;
	int status;
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (!pid) {
		for (n = 0; n < 400; n++)
			batch(&c, n % CALLERS, n / 16, &seed);
		static_call_dynamic_learn();
		for (n = 0; n < 400; n++)
			batch(&c, n % CALLERS, n / 16, &seed);
		_exit(c.wrong != 0);
	}
	CHECK(waitpid(pid, &status, 0) == pid && !status);
}

/* A runtime that believes what it has learned. */
static int trust(const struct static_call_dynamic_info *info, void *data)
{
	unsigned char *site = (unsigned char *)info->site;
	uintptr_t page = (uintptr_t)site & ~4095ul;
	int32_t displacement;

	(void)data;
	if (info->state != STATIC_CALL_DYNAMIC_LEARNED || !site || *site != 0xe8)
		return 0;
	displacement = (int32_t)((uintptr_t)info->function[0] - ((uintptr_t)site + 5));
	CHECK(!mprotect((void *)page, 8192, PROT_READ | PROT_WRITE | PROT_EXEC));
	__atomic_store_n((int32_t *)(site + 1), displacement, __ATOMIC_RELAXED);
	CHECK(!mprotect((void *)page, 8192, PROT_READ | PROT_EXEC));
	return 1;
}

/* One thing after the other; how many libraries have come and gone. */
static unsigned long meanwhile(unsigned long round, char **libraries, pthread_t *threads,
			       unsigned int n)
{
	struct static_call_dynamic_stats stats;
	unsigned long loaded = 0;

	usleep(1000);
	if (CONTROL) {
		CHECK(static_call_dynamic_for_each(trust, NULL) >= 0);
		return 0;
	}
	CHECK(!pthread_kill(threads[round % n], SIGUSR1));
	switch (round % 8) {
	case 1:
	case 5:
		CHECK(!static_call_dynamic_learn());
		break;
	case 3:
		CHECK(!static_call_dynamic_freeze());
		break;
	case 4:
	case 7:
		library(libraries[round / 4 % 2], (int)(round / 4 % 2));
		loaded = 1;
		break;
	case 6:
		if (round % 64 == 6)
			child();
		break;
	}
	CHECK(!static_call_dynamic_stats(&stats) && !stats.why && !stats.refused);
	return loaded;
}

int main(int argc, char **argv)
{
	const char *stress = getenv("STATIC_CALL_STRESS");
	int full = stress && !strcmp(stress, "full");
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned int n = cpus < 2 ? 2 : cpus > THREADS_MAX ? THREADS_MAX : (unsigned int)cpus, i;
	struct static_call_dynamic_stats stats;
	unsigned long round = 0, libraries = 0;
	pthread_t threads[THREADS_MAX];
	struct sigaction sa = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
	struct counts s;

	CHECK(argc == 3);
	CHECK(!sigaction(SIGUSR1, &sa, NULL));
	for (i = 0; i < n; i++)
		CHECK(pthread_create(&threads[i], NULL, caller_thread, &counts[i]) == 0);
	time_limit(SECONDS);
	do {
		libraries += meanwhile(round++, argv + 1, threads, n);
		s = sum();
	} while (!s.wrong && (full ? s.calls < FULL_CALLS : !time_is_over()));
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	for (i = 0; i < n; i++)
		CHECK(pthread_join(threads[i], NULL) == 0);
	s = sum();
	CHECK(!static_call_dynamic_stats(&stats));
	printf("calls %lu, rounds %lu, libraries %lu, switches %lu: wrong %lu\n", s.calls, round,
	       libraries, (unsigned long)stats.switches, s.wrong);
	if (CONTROL) {
		saw_at_least(1, s.wrong, "wrong calls");
		return 0;
	}
	CHECK(!s.wrong);
	saw_at_least(LEAST, s.calls, "calls");
	saw_at_least(LEAST_ROUND, round, "rounds");
	saw_at_least(1, libraries, "libraries");
	return 0;
}
