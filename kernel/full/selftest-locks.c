// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Spinlocks of a guest, for kernel/full/run: compiled into lib/static_call_key.
 *
 *	/proc/static_call_key_locks		reading it has all processors take one lock, which
 *						is sometimes held so long that the others
 *						give up spinning. A hypervisor's operations
 *						let them wait then, and wake them: these are
 *						retargeted all the time. It fails if two
 *						hold the lock at once, if one waits for ever,
 *						or if a hypervisor has such operations and
 *						nobody came to them.
 */
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>
#include <linux/static_call_key.h>
#include <asm/paravirt.h>

enum {
	TIMES = 2000, /* that each processor takes the lock */
	LONG = 200,   /* every so many times it is held long: milliseconds */
	NATIVE_MS = 5,
	GUEST_MS = 2000,
	LIMIT_SECONDS = 300
};

static DEFINE_SPINLOCK(lock);
static unsigned long taken; /* with the lock held, and no atomic operation */
static atomic_t working;
static DECLARE_COMPLETION(all_done);

/* Stand-ins, which count. */
static atomic_long_t waits, kicks;
static void (*old_wait)(u8 *ptr, u8 val);
static void (*old_kick)(int cpu);

static void counting_wait(u8 *ptr, u8 val)
{
	atomic_long_inc(&waits);
	old_wait(ptr, val);
}

static void counting_kick(int cpu)
{
	atomic_long_inc(&kicks);
	old_kick(cpu);
}

/* Until somebody has spun so long that it waits, where a hypervisor lets it. */
static void hold_long(void)
{
	int ms = pv_is_native_spin_unlock() ? NATIVE_MS : GUEST_MS;
	long before = atomic_long_read(&waits);

	while (ms-- && atomic_long_read(&waits) == before && atomic_read(&working) > 1)
		mdelay(1);
}

static int take_and_release(void *unused)
{
	unsigned long n, now;

	for (n = 1; n <= TIMES; n++) {
		spin_lock(&lock);
		now = READ_ONCE(taken);
		if (n % LONG == 0)
			hold_long();
		WRITE_ONCE(taken, now + 1);
		spin_unlock(&lock);
		cond_resched();
	}
	if (atomic_dec_and_test(&working))
		complete(&all_done);
	return 0;
}

/* A thread for each processor that is online: how many. */
static int start(void)
{
	struct task_struct *task;
	int cpu, n = 0;

	cpus_read_lock();
	atomic_set(&working, num_online_cpus());
	for_each_online_cpu(cpu) {
		task = kthread_create_on_cpu(take_and_release, NULL, cpu, "static_call_key/%u");
		if (IS_ERR(task)) {
			/* The ones before it end as they do. */
			atomic_sub(num_online_cpus() - n, &working);
			n = PTR_ERR(task);
			break;
		}
		wake_up_process(task);
		n++;
	}
	cpus_read_unlock();
	return n;
}

static int locks_show(struct seq_file *m, void *v)
{
	struct static_call_key_change there[] = {
		{ &pv_ops.lock.wait, (static_call_key_fn)counting_wait },
		{ &pv_ops.lock.kick, (static_call_key_fn)counting_kick },
	};
	struct static_call_key_change back[] = {
		{ &pv_ops.lock.wait, (static_call_key_fn)pv_ops.lock.wait },
		{ &pv_ops.lock.kick, (static_call_key_fn)pv_ops.lock.kick },
	};
	unsigned long deadline = jiffies + LIMIT_SECONDS * HZ;
	unsigned int updates = 0;
	int processors, err = 0, undone;
	char said[160];

	old_wait = pv_ops.lock.wait;
	old_kick = pv_ops.lock.kick;
	taken = 0;
	atomic_long_set(&waits, 0);
	atomic_long_set(&kicks, 0);
	reinit_completion(&all_done);
	processors = start();
	if (processors < 0)
		return processors;

	/* Most of the time it is the stand-ins that are called. */
	do {
		if (!err)
			err = static_call_key_update_many(there, ARRAY_SIZE(there));
		msleep(50);
		undone = static_call_key_update_many(back, ARRAY_SIZE(back));
		if (!err)
			err = undone;
		if (!err && static_call_key_verify())
			err = -EIO;
		updates += 2;
	} while (!try_wait_for_completion(&all_done) && time_before(jiffies, deadline));

	if (atomic_read(&working))
		err = -ETIMEDOUT;
	if (!err && taken != (unsigned long)processors * TIMES)
		err = -EBADE;
	if (!err && processors > 1 && !pv_is_native_spin_unlock() &&
	    (!atomic_long_read(&waits) || !atomic_long_read(&kicks)))
		err = -ENODATA;
	scnprintf(
		said, sizeof(said),
		"the lock was taken %lu times by %d processors, waits: %ld, wakes: %ld by %ps; %u updates\n",
		taken, processors, atomic_long_read(&waits), atomic_long_read(&kicks), old_kick,
		updates);
	/* Who reads it gets the error, and not what was printed. */
	seq_puts(m, said);
	if (err)
		pr_err("static_call_key: %s", said);
	return err;
}

static int __init locks_init(void)
{
	return proc_create_single("static_call_key_locks", 0400, NULL, locks_show) ? 0 : -ENOMEM;
}
late_initcall(locks_init);
