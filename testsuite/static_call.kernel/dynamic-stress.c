// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Threads call through pointers that change all the time, while the calls learn, learn anew,
 * are frozen and wake. Each call reaches the function that its pointer holds.
 */
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>

#include "dynamic-units.h"

#define THREADS 2
#define SECONDS 8
#define ROUNDS	20 /* at least, on a slow machine */

static noinline int plus_one(int x)
{
	return x + 1;
}

static noinline int plus_two(int x)
{
	return x + 2;
}

static noinline int plus_three(int x)
{
	return x + 3;
}

static const struct sckt_ops stress_ops[] = {
	{ .fn = plus_one, .tail = plus_one, .named = plus_one },
	{ .fn = plus_two, .tail = plus_two, .named = plus_two },
	{ .fn = plus_three, .tail = plus_three, .named = plus_three },
};

static noinline int stress_call(const struct sckt_object *o, int x)
{
	int r = o->ops->fn(x);

	barrier();
	return r;
}

static noinline int stress_tail(const struct sckt_object *o, int x)
{
	return o->ops->tail(x);
}

static noinline int stress_named(const struct sckt_object *o, int x)
{
	return o->ops->named(x) + 10;
}

static struct caller {
	struct task_struct *task;
	unsigned long calls, bad;
} callers[THREADS];

/* Mostly one of them, for some time. */
static int caller(void *data)
{
	struct caller *c = data;
	unsigned int n = 0, i;

	while (!kthread_should_stop()) {
		unsigned int usual = n++ / 64 % ARRAY_SIZE(stress_ops);

		for (i = 0; i < 400; i++) {
			unsigned int which = i % 16 ? usual : i / 16 % ARRAY_SIZE(stress_ops);
			struct sckt_object o = { &stress_ops[which] };

			barrier_data(&o);
			c->bad += stress_call(&o, 5) != 6 + (int)which;
			c->bad += stress_tail(&o, 5) != 6 + (int)which;
			c->bad += stress_named(&o, 5) != 16 + (int)which;
			c->calls += 3;
		}
		usleep_range(100, 200);
	}
	return 0;
}

bool sckt_dynamic_stress(void)
{
	struct static_call_dynamic_stats before, after;
	unsigned long end = jiffies + SECONDS * HZ;
	unsigned int n, i;
	int err;

	memset(callers, 0, sizeof(callers));
	err = static_call_dynamic_stats(&before);
	for (n = 0; n < THREADS && !err; n++) {
		callers[n].task = kthread_create(caller, &callers[n], "sckt/%u", n);
		if (IS_ERR(callers[n].task)) {
			err = PTR_ERR(callers[n].task);
			break;
		}
		kthread_bind(callers[n].task, n % num_online_cpus());
		wake_up_process(callers[n].task);
	}
	for (i = 0; !err && (i < ROUNDS || time_before(jiffies, end)); i++) {
		msleep(20);
		err = i % 4 ? static_call_dynamic_learn() : static_call_dynamic_freeze();
	}
	while (n-- > 0)
		kthread_stop(callers[n].task);
	sckt_expect(err == 0 && static_call_dynamic_learn() == 0 &&
		    static_call_dynamic_stats(&after) == 0);
	for (n = 0; n < THREADS; n++) {
		pr_info("static_call_test: dynamic_stress: thread %u: %lu calls, %lu bad\n", n,
			callers[n].calls, callers[n].bad);
		sckt_expect(callers[n].calls && !callers[n].bad);
	}
	pr_info("static_call_test: dynamic_stress: %llu switches, %llu calls counted\n",
		after.switches - before.switches, after.counted - before.counted);
	sckt_expect(after.switches > before.switches && after.refused == 0 && after.why == 0);
	return true;
}
