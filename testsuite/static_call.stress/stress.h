/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stress.h - threads call through keys while another retargets them.
 * Every call is classified:
 *	steady	no update of its key ran at the time, and it reached the target
 *	old	an update ran, and it reached the target from before that
 *	new	an update ran, and it reached that target
 *	other	it reached anything else, or a target whose time was over or had
 *		not come: this must not happen
 */
#ifndef STRESS_H
#define STRESS_H

#include "check.h"
#include "enough.h"
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#define BATCH		64
#define KEYS_MAX	8
#define THREADS_MAX	16
#define SECONDS		3
#define LEAST		1000
#define FULL_CALLS	1000000000ull
#define FULL_UPDATES	1000000ull

/* A target marks its argument, so that a call to another place is seen. */
#define COOKIE(i)	(0x5a17c000ul + (i))
#ifndef MARKED
#define MARKED(i, x)	((x) ^ COOKIE(i))
#endif
typedef unsigned long (*fn)(unsigned long);

#define TARGETS 8
#define NO_TARGET -1 /* NULL */

/*
 * What a test has to say of itself: its keys, BATCH calls through each, its targets, and
 * which of them the n-th update of a key stores.
 */
struct stress {
	unsigned int n;
	fn *const *keys;
	void (*const *callers)(unsigned long *r, unsigned long x);
	const fn *targets;
	int (*choose)(unsigned int key, unsigned long n);
};

static const struct stress *test;

/* Of each key: the update that was begun last, and the one that was finished last. */
static struct {
	unsigned long begun, done;
	char pad[112];
} epochs[KEYS_MAX] __attribute__((aligned(128)));

struct counts {
	unsigned long steady, old, new, other;
	char pad[96];
};
static struct counts counts[THREADS_MAX] __attribute__((aligned(128)));
static int stop;

/* What a call returns that reaches this target with x. */
static unsigned long marked(int target, unsigned long x)
{
	return target == NO_TARGET ? 0 : MARKED(target, x);
}

static fn target_of(unsigned int key, unsigned long n)
{
	int target = test->choose(key, n);

	return target == NO_TARGET ? NULL : test->targets[target];
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
			if (r[i] == marked(test->choose(key, n), x))
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
			test->callers[key](r, x);
			last = __atomic_load_n(&epochs[key].begun, __ATOMIC_SEQ_CST);
			classify(c, key, r, x, first, last);
		}
		key = (key + 1) % test->n;
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
	unsigned int key = round % test->n;

	if (round % 11 == 3) {
		struct static_call_key_change changes[KEYS_MAX];
		unsigned int i;

		for (i = 0; i < test->n; i++) {
			changes[i].key = test->keys[i];
			changes[i].fn = (static_call_key_fn)target_of(i, begin(i));
		}
		CHECK(static_call_key_update_many(changes, test->n) == 0);
		for (i = 0; i < test->n; i++)
			done(i);
		return test->n;
	}
	if (round % 11 == 7)
		store(test->keys[key], target_of(key, begin(key)));
	else
		CHECK(static_call_key_update(test->keys[key], target_of(key, begin(key))) == 0);
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

/* Call and update until the time is over, or there was enough. */
static void stress_run(const struct stress *what)
{
	const char *stress = getenv("STATIC_CALL_STRESS");
	int full = stress && !strcmp(stress, "full");
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned int threads = cpus < 2 ? 2 : cpus > THREADS_MAX ? THREADS_MAX : (unsigned int)cpus;
	unsigned long updates = 0, round = 0;
	pthread_t ids[THREADS_MAX];
	struct counts s;
	unsigned int i;

	test = what;
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
	CHECK(static_call_key_verify() == 0);
	saw_at_least(LEAST, s.old + s.new, "calls while an update ran");
}

#endif /* STRESS_H */
