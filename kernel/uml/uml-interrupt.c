// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * uml-interrupt.c - calls from interrupts while sites change, which the host delivers as
 * signals wherever the kernel is: between two instructions of the runtime, too.
 */
#include <linux/errno.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/sched.h>

#include "uml-check.h"

#define PERIOD (20 * NSEC_PER_USEC)
#define TIME   (NSEC_PER_SEC)

static noinline int below(int x)
{
	return x - 1;
}

static noinline int above(int x)
{
	return x + 1;
}

static int (*direction)(int) __static_call_keyed = below;

/* Its only store is the interrupt's. */
static int (*from_interrupt)(int) __static_call_keyed = below;

static struct {
	unsigned long calls, inside, wrong, refused, allowed;
	bool updating, store;
} seen;

static noinline int direction_tail(int x)
{
	return direction(x);
}

static noinline int from_interrupt_called(int x)
{
	return from_interrupt(x) * 2;
}

static enum hrtimer_restart interrupt(struct hrtimer *timer)
{
	int a = direction(10) + 100, b = direction_tail(10);

	seen.calls++;
	if (READ_ONCE(seen.updating)) {
		seen.inside++;
		if (static_call_key_update(&direction, below) == -EDEADLK)
			seen.refused++;
		else
			seen.allowed++;
	}
	if ((a != 109 && a != 111) || (b != 9 && b != 11))
		seen.wrong++;
	if (READ_ONCE(seen.store)) {
		from_interrupt = above;
		WRITE_ONCE(seen.store, false);
	}
	hrtimer_forward_now(timer, PERIOD);
	return HRTIMER_RESTART;
}

void check_interrupts(struct seq_file *m)
{
	u64 end = ktime_get_ns() + TIME;
	unsigned long updates = 0, wrong = 0;
	struct hrtimer timer;
	int err = 0;

	memset(&seen, 0, sizeof(seen));
	hrtimer_init_on_stack(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer.function = interrupt;
	hrtimer_start(&timer, PERIOD, HRTIMER_MODE_REL);
	while (!err && ktime_get_ns() < end) {
		int (*fn)(int) = updates % 2 ? below : above;

		WRITE_ONCE(seen.updating, true);
		err = static_call_key_update(&direction, fn);
		WRITE_ONCE(seen.updating, false);
		if (direction(10) != fn(10) || direction_tail(10) != fn(10))
			wrong++;
		updates++;
	}
	WRITE_ONCE(seen.store, true);
	while (READ_ONCE(seen.store))
		cond_resched();
	hrtimer_cancel(&timer);
	destroy_hrtimer_on_stack(&timer);

	seq_printf(m, "# %lu updates, %lu interrupts, %lu of them during an update\n", updates,
		   seen.calls, seen.inside);
	check(m, !err && updates && !wrong, "interrupts: updates take effect");
	check(m, seen.inside && !seen.wrong,
	      "interrupts: calls from them reach the old or the new target");
	check(m, seen.refused && !seen.allowed, "interrupts: may not update");

	/* The runtime's work item. */
	end = ktime_get_ns() + TIME;
	while (!code_leads(&from_interrupt, above, 1, 0) && ktime_get_ns() < end)
		schedule_timeout_uninterruptible(1);
	check(m, code_leads(&from_interrupt, above, 1, 0) && from_interrupt_called(10) == 22,
	      "interrupts: an assignment is followed a little later");
	from_interrupt = below;
}
