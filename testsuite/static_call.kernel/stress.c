// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Updates while other threads call. Every call reaches the old or the new target;
 * one that starts when an update has returned, and ends before the next begins,
 * reaches that of the last update. seq tells: even when no update is under way.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>

#include "keys.h"
#include "test.h"

/* So many, or as many as there are in so many seconds, but not fewer than the least. */
#define UPDATES 600
#define SECONDS 20
#define LEAST	60
#define THREADS 2

static int (*const targets[])(int) = { sckt_one, sckt_two, sckt_three };
static unsigned int seq;

struct caller {
	struct task_struct *task;
	unsigned long calls; /* all */
	unsigned long sure;  /* while no update was under way */
	unsigned long bad;
	unsigned long late; /* reached what an update had replaced */
};

static void call_once(struct caller *c, int (*site)(int))
{
	unsigned int before = READ_ONCE(seq), after;
	int r, which;

	smp_rmb();
	r = site(5);
	smp_rmb();
	after = READ_ONCE(seq);
	which = (r - 5) / 1000 - 1;
	c->calls++;
	if (which < 0 || which >= ARRAY_SIZE(targets) || r != targets[which](5)) {
		c->bad++;
		return;
	}
	if (before == after && before % 2 == 0) {
		c->sure++;
		c->late += which != before / 2 % ARRAY_SIZE(targets);
	}
}

static int caller(void *data)
{
	struct caller *c = data;
	int i;

	while (!kthread_should_stop()) {
		for (i = 0; i < 50; i++) {
			call_once(c, sckt_call);
			call_once(c, sckt_tail);
			sckt_notify(1);
			sckt_notify_tail(1);
		}
		usleep_range(200, 300);
	}
	return 0;
}

static atomic_t events;

static void event(int x)
{
	atomic_add(x, &events);
}

static int update(unsigned int i)
{
	const struct static_call_key_change changes[] = {
		{ &sckt_hook, (static_call_key_fn)targets[i % ARRAY_SIZE(targets)] },
		{ &sckt_event, i % 2 ? (static_call_key_fn)event : NULL },
	};

	return static_call_key_update_many(changes, ARRAY_SIZE(changes));
}

bool sckt_stress(void)
{
	static struct caller callers[THREADS];
	unsigned long end = jiffies + SECONDS * HZ;
	unsigned int i, n;
	int err = 0;

	memset(callers, 0, sizeof(callers));
	atomic_set(&events, 0);
	err = update(0);
	WRITE_ONCE(seq, 0);
	for (n = 0; n < THREADS && !err; n++) {
		callers[n].task = kthread_create(caller, &callers[n], "sckt/%u", n);
		if (IS_ERR(callers[n].task)) {
			err = PTR_ERR(callers[n].task);
			break;
		}
		kthread_bind(callers[n].task, n % num_online_cpus());
		wake_up_process(callers[n].task);
	}
	for (i = 1; i <= UPDATES && (i <= LEAST || time_before(jiffies, end)) && !err; i++) {
		WRITE_ONCE(seq, 2 * i - 1);
		smp_wmb();
		err = update(i);
		smp_wmb();
		WRITE_ONCE(seq, 2 * i);
		if (!err && sckt_call(5) != targets[i % ARRAY_SIZE(targets)](5))
			err = -EIO;
		if (i % 8 == 0)
			usleep_range(300, 400);
	}
	while (n-- > 0)
		kthread_stop(callers[n].task);
	if (!err)
		err = update(0);
	sckt_expect(err == 0);
	for (n = 0; n < THREADS; n++) {
		struct caller *c = &callers[n];

		pr_info("static_call_test: stress: %u updates, thread %u: %lu calls, %lu of them between updates, %lu bad, %lu late\n",
			i - 1, n, c->calls, c->sure, c->bad, c->late);
		sckt_expect(c->calls && c->sure && !c->bad && !c->late);
	}
	sckt_expect(atomic_read(&events) > 0);
	sckt_expect(static_call_key_verify() == 0);
	return true;
}
