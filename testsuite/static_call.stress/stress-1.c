/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Threads call through sites of every kind while another retargets their keys.
 * Every call is classified:
 *	steady	no update of its key ran at the time, and it reached the target
 *	old	an update ran, and it reached the target from before that
 *	new	an update ran, and it reached that target
 *	other	it reached anything else, or a target whose time was over or had
 *		not come: this must not happen
 */
/* { dg-do run } */
/* { dg-timeout 60 3600 } */
/* { dg-output "calls \[1-9\]\[0-9\]*, updates \[1-9\]\[0-9\]*: steady \[0-9\]+, old \[0-9\]+, new \[0-9\]+, other 0\[\r\n\]" } */
/* { dg-final { direct-in call_plain call_tail call_loop call_member call_null call_null_tail } } */
#include "check.h"
#include "enough.h"
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#define BATCH		64
#define THREADS_MAX	16
#define SECONDS		3
#define LEAST		1000
#define FULL_CALLS	1000000000ull
#define FULL_UPDATES	1000000ull

/* A target marks its argument, so that a call to another place is seen. */
#define COOKIE(i)	(0x5a17c000ul + (i))
#ifndef TARGET
#define TARGET(i) \
	NOIPA static unsigned long target_##i(unsigned long x) { return x ^ COOKIE(i); }
#define MARKED(i, x) ((x) ^ COOKIE(i))
#endif
/*
 * Every other one lies in a section whose start has zeros where .text has none: so the
 * displacements of targets that follow each other differ in several bytes, and half of
 * one with half of another leads to neither.
 */
#define FAR __attribute__((section(".text.far")))

FAR __attribute__((used, aligned(0x10000))) NOIPA static void far_start(void)
{
}

TARGET(0)
FAR TARGET(1)
TARGET(2)
FAR TARGET(3)
TARGET(4)
FAR TARGET(5)
TARGET(6)
FAR TARGET(7)

typedef unsigned long (*fn)(unsigned long);

#define TARGETS 8
static const fn targets[TARGETS] = {
	target_0, target_1, target_2, target_3, target_4, target_5, target_6, target_7,
};

struct ops {
	char pad[56];
	fn call;
};

fn plain STATIC_CALL_KEY = target_0;
static fn tail STATIC_CALL_KEY = target_0;
static fn loop STATIC_CALL_KEY = target_0;
static struct ops ops STATIC_CALL_KEY = { "", target_0 };
fn nullable STATIC_CALL_KEY_NOP_IF_NULL = target_0;
fn nullable_tail STATIC_CALL_KEY_NOP_IF_NULL = target_0;

#define KEYS 6
static fn *const keys[KEYS] = { &plain, &tail, &loop, &ops.call, &nullable, &nullable_tail };

/* Of each key: the update that was begun last, and the one that was finished last. */
static struct {
	unsigned long begun, done;
	char pad[112];
} epochs[KEYS] __attribute__((aligned(128)));

struct counts {
	unsigned long steady, old, new, other;
	char pad[96];
};
static struct counts counts[THREADS_MAX] __attribute__((aligned(128)));
static int stop;

/* The target of the n-th update of a key; the last two keys are NULL at times. */
static fn target_of(unsigned int key, unsigned long n)
{
	if (key >= 4 && n % TARGETS == 5)
		return NULL;
	return targets[n % TARGETS];
}

NOIPA static unsigned long tail_caller(unsigned long x)
{
	return tail(x);
}

NOIPA static unsigned long null_tail_caller(unsigned long x)
{
	return nullable_tail(x);
}

/* Each makes BATCH calls. */
NOIPA void call_plain(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i += 8) {
		r[i] = plain(x);
		r[i + 1] = plain(x);
		r[i + 2] = plain(x);
		r[i + 3] = plain(x);
		r[i + 4] = plain(x);
		r[i + 5] = plain(x);
		r[i + 6] = plain(x);
		r[i + 7] = plain(x);
	}
}

NOIPA void call_tail(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i++)
		r[i] = tail_caller(x);
}

NOIPA void call_loop(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i++)
		r[i] = loop(x);
}

NOIPA void call_member(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i += 2) {
		r[i] = ops.call(x);
		r[i + 1] = ops.call(x);
	}
}

NOIPA void call_null(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i++)
		r[i] = nullable(x);
}

NOIPA void call_null_tail(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i++)
		r[i] = null_tail_caller(x);
}

static void (*const callers[KEYS])(unsigned long *, unsigned long) = {
	call_plain, call_tail, call_loop, call_member, call_null, call_null_tail,
};

/* What a call returns that reaches this target with x. */
static unsigned long marked(fn target, unsigned long n, unsigned long x)
{
	return target ? MARKED(n % TARGETS, x) : 0;
}

/* The first call that was wrong, for the message. */
static struct {
	int set;
	unsigned int key;
	unsigned long result, x, first, last;
	int call;
} wrong;

/*
 * The calls of a batch were made while the updates from first to last were begun
 * or done: each must have reached one of their targets. Several sites of a key
 * change one after the other, so calls may see them in any order.
 */
static void classify(struct counts *c, unsigned int key, const unsigned long *r, unsigned long x,
		     unsigned long first, unsigned long last)
{
	unsigned long n;
	int i;

	for (i = 0; i < BATCH; i++) {
		for (n = first; n <= last; n++)
			if (r[i] == marked(target_of(key, n), n, x))
				break;
		if (n > last) {
			c->other++;
			if (!__atomic_exchange_n(&wrong.set, 1, __ATOMIC_RELAXED)) {
				wrong.key = key;
				wrong.result = r[i];
				wrong.x = x;
				wrong.first = first;
				wrong.last = last;
				wrong.call = i;
			}
		} else if (first == last) {
			c->steady++;
		} else if (n == first) {
			c->old++;
		} else {
			c->new++;
		}
	}
}

static void *caller(void *data)
{
	struct counts *c = (struct counts *)data;
	unsigned long r[BATCH], x = (unsigned long)(c - counts) << 40 | 1, first, last;
	unsigned int key = 0;

	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		int repeat;

		for (repeat = 0; repeat < 16; repeat++) {
			x += 0x10000000001;
			first = __atomic_load_n(&epochs[key].done, __ATOMIC_SEQ_CST);
			callers[key](r, x);
			last = __atomic_load_n(&epochs[key].begun, __ATOMIC_SEQ_CST);
			classify(c, key, r, x, first, last);
		}
		key = (key + 1) % KEYS;
	}
	return NULL;
}

static unsigned long begin(unsigned int key)
{
	unsigned long n = epochs[key].begun + 1;

	__atomic_store_n(&epochs[key].begun, n, __ATOMIC_SEQ_CST);
	return n;
}

static void done(unsigned int key)
{
	__atomic_store_n(&epochs[key].done, epochs[key].begun, __ATOMIC_SEQ_CST);
}

/* By a plain store, which the plugin follows up. */
NOIPA static void store(fn *key, fn target)
{
	*key = target;
}

/* Some updates, in every way there is; returns their number. */
static unsigned long update(unsigned long round)
{
	unsigned int key = round % KEYS;

	if (round % 11 == 3) {
		struct static_call_key_change changes[KEYS];
		unsigned int i;

		for (i = 0; i < KEYS; i++) {
			changes[i].key = keys[i];
			changes[i].fn = (static_call_key_fn)target_of(i, begin(i));
		}
		CHECK(static_call_key_update_many(changes, KEYS) == 0);
		for (i = 0; i < KEYS; i++)
			done(i);
		return KEYS;
	}
	if (round % 11 == 7)
		store(keys[key], target_of(key, begin(key)));
	else
		CHECK(static_call_key_update(keys[key], target_of(key, begin(key))) == 0);
	done(key);
	return 1;
}

static struct counts sum(unsigned int threads)
{
	struct counts s = { 0, 0, 0, 0, "" };
	unsigned int i;

	for (i = 0; i < threads; i++) {
		s.steady += __atomic_load_n(&counts[i].steady, __ATOMIC_RELAXED);
		s.old += __atomic_load_n(&counts[i].old, __ATOMIC_RELAXED);
		s.new += __atomic_load_n(&counts[i].new, __ATOMIC_RELAXED);
		s.other += __atomic_load_n(&counts[i].other, __ATOMIC_RELAXED);
	}
	return s;
}

static unsigned long total(const struct counts *s)
{
	return s->steady + s->old + s->new + s->other;
}

int main(void)
{
	const char *stress = getenv("STATIC_CALL_STRESS");
	int full = stress && !strcmp(stress, "full");
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned int threads = cpus < 2 ? 2 : cpus > THREADS_MAX ? THREADS_MAX : (unsigned int)cpus;
	unsigned long updates = 0, round = 0;
	pthread_t ids[THREADS_MAX];
	struct counts s;
	unsigned int i;

	for (i = 0; i < KEYS; i++)
		CHECK_KEY(keys[i], target_0);
	for (i = 0; i < threads; i++)
		CHECK(pthread_create(&ids[i], NULL, caller, &counts[i]) == 0);
	time_limit(SECONDS);
	do {
		updates += update(round++);
		if (round % 1024)
			continue;
		s = sum(threads);
		if (s.other || (full && updates >= FULL_UPDATES && total(&s) >= FULL_CALLS))
			break;
	} while (full || !time_is_over());
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	for (i = 0; i < threads; i++)
		CHECK(pthread_join(ids[i], NULL) == 0);

	s = sum(threads);
	printf("calls %lu, updates %lu: steady %lu, old %lu, new %lu, other %lu\n", total(&s),
	       updates, s.steady, s.old, s.new, s.other);
	if (s.other)
		fprintf(stderr, "key %u, call %d of a batch: %lx for %lx, updates %lu to %lu\n",
			wrong.key, wrong.call, wrong.result, wrong.x, wrong.first, wrong.last);
	CHECK(s.other == 0);
	for (i = 0; i < 4; i++)
		CHECK_KEY(keys[i], *keys[i]);
	CHECK(static_call_key_verify() == 0);
	saw_at_least(LEAST, s.old + s.new, "calls while an update ran");
	return 0;
}
