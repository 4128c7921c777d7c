// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * uml-thread.c - a thread of the host that runs code of the kernel, as the I/O threads of
 * this architecture's drivers do: on another processor of the host, if there is one, while
 * sites change.
 */
#include <linux/errno.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <kern_util.h>
#include <os.h>

#include "uml-check.h"

#define TIME      (2 * NSEC_PER_SEC)
#define CALLS_MAX 2000000000u /* should nobody tell it to stop */

/* This and uml_shared_one(), far away, differ in three bytes of the displacement. */
static noinline int even(int x)
{
	return x + 2;
}

static int (*parity)(int) __static_call_keyed = even;

static struct {
	unsigned long changes; /* odd while one is being made */
	unsigned long calls, during, between, wrong, late;
	bool started, stop;
} shared;

/* Nothing but calls: there is no task, no console and no clock here. */
static int call_until_told(void *unused)
{
	WRITE_ONCE(shared.started, true);
	while (!smp_load_acquire(&shared.stop) && shared.calls < CALLS_MAX) {
		unsigned long before = smp_load_acquire(&shared.changes), after;
		int result = parity(10);

		after = smp_load_acquire(&shared.changes);
		shared.calls++;
		if (result != 11 && result != 12)
			shared.wrong++;
		if (before != after || before & 1) {
			shared.during++;
			continue;
		}
		shared.between++;
		if (result != (before / 2 & 1 ? 11 : 12))
			shared.late++;
	}
	return 0;
}

void check_thread(struct seq_file *m)
{
	u64 end = ktime_get_ns() + TIME;
	unsigned long updates = 0, stack;
	int err = 0, pid;

	memset(&shared, 0, sizeof(shared));
	pid = run_helper_thread(call_until_told, NULL, CLONE_VM | CLONE_FILES, &stack);
	if (pid < 0) {
		check(m, false, "host thread: starting it");
		return;
	}
	while (!READ_ONCE(shared.started) && ktime_get_ns() < end)
		cpu_relax();
	while (!err && ktime_get_ns() < end) {
		smp_store_release(&shared.changes, shared.changes + 1);
		smp_mb();
		err = static_call_key_update(&parity, updates % 2 ? even : uml_shared_one);
		smp_store_release(&shared.changes, shared.changes + 1);
		updates++;
	}
	smp_store_release(&shared.stop, true);
	if (!err)
		err = helper_wait(pid);
	free_stack(stack, 0);
	parity = even;

	seq_printf(m, "# %lu updates, %lu calls of a host thread, %lu of them during an update\n",
		   updates, shared.calls, shared.during);
	check(m, !err && updates && shared.during && !shared.wrong,
	      "host thread: its calls reach the old or the new target");
	check(m, !err && shared.between && !shared.late,
	      "host thread: none reaches the old one when the update has returned");
}
