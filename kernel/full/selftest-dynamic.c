// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Dynamic calls of vmlinux, for kernel/full/run: compiled into lib/static_call_key, with
 * STATIC_CALL_DYNAMIC. Reading /proc/static_call_key_dynamic makes calls of its own, in processes,
 * interrupts and NMIs, and with a lock held, until they have learned what they call; it fails
 * unless each call, at any time, reached the function that its pointer held, and the sites then
 * lead into the room for blocks, and are ones that no kprobe may be on. A line for each.
 *
 * /proc/static_call_key_calls: all calls that were made, as the runtime's parameter dynamic_calls
 * has them, which is a page.
 */
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/static_call_key.h>
#include <static_call_dynamic.h>
#include <asm/apic.h>
#include <asm/nmi.h>

#define CALLS 256 /* at once */
#define TURNS 400 /* of so many calls, before it is given up */

struct object {
	long (*fn)(long a, long b, long c, long d, long e, long f);
};

/* Of the heap, so that no compiler sees what it points to. */
static struct object *object;

static noinline long sum(long a, long b, long c, long d, long e, long f)
{
	return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f;
}

static noinline long product(long a, long b, long c, long d, long e, long f)
{
	return (a + 1) * (b + 1) * (c + 1) * (d + 1) * (e + 1) * (f + 1);
}

/* A call in a function of its own, by which it is found. */
#define CALLER(name)                                              \
	static noinline long name(const struct object *o, long a) \
	{                                                         \
		long r = o->fn(a, 1, 2, 3, 4, 5);                 \
                                                                  \
		barrier();                                        \
		return r;                                         \
	}
CALLER(call_process)
CALLER(call_locked)
CALLER(call_interrupt)
CALLER(call_nmi)

static noinline long call_tail(const struct object *o, long a)
{
	return o->fn(a, 1, 2, 3, 4, 5);
}

static bool calls(long (*caller)(const struct object *o, long a))
{
	bool adds = object->fn == sum;
	long i, right = true;

	for (i = 0; i < CALLS; i++)
		right &= caller(object, i) ==
			 (adds ? sum(i, 1, 2, 3, 4, 5) : product(i, 1, 2, 3, 4, 5));
	return right;
}

/* ---- contexts ---- */

static atomic_t wrong, nmis;
static bool expecting;

static void in_process(void)
{
	if (!calls(call_process) || !calls(call_tail))
		atomic_inc(&wrong);
}

static void in_lock(void)
{
	static DEFINE_SPINLOCK(lock);
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
	if (!calls(call_locked))
		atomic_inc(&wrong);
	spin_unlock_irqrestore(&lock, flags);
}

static void interrupted(void *unused)
{
	if (!calls(call_interrupt))
		atomic_inc(&wrong);
}

static void in_interrupt_of_each(void)
{
	on_each_cpu(interrupted, NULL, 1);
}

static int nmi(unsigned int type, struct pt_regs *regs)
{
	if (!READ_ONCE(expecting))
		return NMI_DONE;
	WRITE_ONCE(expecting, false);
	if (!calls(call_nmi))
		atomic_inc(&wrong);
	atomic_inc(&nmis);
	return NMI_HANDLED;
}

static void in_nmi_of_this(void)
{
	int before = atomic_read(&nmis), i;

	preempt_disable();
	WRITE_ONCE(expecting, true);
	__apic_send_IPI_mask(cpumask_of(smp_processor_id()), NMI_VECTOR);
	for (i = 0; i < 1000 && atomic_read(&nmis) == before; i++)
		udelay(10);
	preempt_enable();
	if (atomic_read(&nmis) == before)
		atomic_inc(&wrong);
}

static const struct context {
	const char *name;
	void (*make)(void);
	long (*caller)(const struct object *o, long a);
} contexts[] = {
	{ "process", in_process, call_process },
	{ "tail call", in_process, call_tail },
	{ "lock", in_lock, call_locked },
	{ "interrupt", in_interrupt_of_each, call_interrupt },
	{ "NMI", in_nmi_of_this, call_nmi },
};

/* ---- what is known ---- */

struct look {
	unsigned long caller, size;
	struct static_call_dynamic_info info;
};

static int look_at(const struct static_call_dynamic_info *info, void *data)
{
	struct look *look = data;

	if ((unsigned long)info->site - look->caller >= look->size)
		return 0;
	look->info = *info;
	return 1;
}

static bool look_for(long (*caller)(const struct object *o, long a), struct look *look)
{
	unsigned long offset;

	look->caller = (unsigned long)caller;
	return kallsyms_lookup_size_offset(look->caller, &look->size, &offset) && !offset &&
	       static_call_key_rt_dynamic_for_each(look_at, look) == 1;
}

static bool knows(const struct look *look)
{
	return look->info.state == STATIC_CALL_DYNAMIC_LEARNED &&
	       look->info.function[0] == (const void *)object->fn;
}

extern const char static_call_key_blocks[];

static bool leads_to_block(const struct look *look)
{
	const u8 *site = look->info.site;
	s32 distance = *(const s32 *)(site + 1);

	return (*site == 0xe8 || *site == 0xe9) &&
	       site + 5 + distance - (const u8 *)static_call_key_blocks <
		       CONFIG_STATIC_CALL_KEY_DYNAMIC_ROOM * 1024l &&
	       site + 5 + distance >= (const u8 *)static_call_key_blocks;
}

static bool probe_is_refused(const struct look *look)
{
	struct kprobe probe = { .addr = (kprobe_opcode_t *)look->info.site };
	int err = register_kprobe(&probe);

	if (!err)
		unregister_kprobe(&probe);
	return err == -EINVAL;
}

static int learn(struct seq_file *m, const struct context *c)
{
	struct look look = { 0 };
	unsigned int turn;

	for (turn = 0; turn < TURNS; turn++) {
		c->make();
		if (atomic_read(&wrong))
			return -EBADE;
		if (look_for(c->caller, &look) && knows(&look))
			break;
		usleep_range(500, 1000);
	}
	if (turn == TURNS)
		return -ETIME;
	seq_printf(m, "%s: %ps after %u calls\n", c->name, look.info.function[0], turn * CALLS);
	if (!leads_to_block(&look))
		return -ENXIO;
	return probe_is_refused(&look) ? 0 : -EUSERS;
}

static int dynamic_show(struct seq_file *m, void *v)
{
	static DEFINE_MUTEX(one);
	unsigned int i;
	int err;

	mutex_lock(&one);
	atomic_set(&wrong, 0);
	object = kzalloc(sizeof(*object), GFP_KERNEL);
	err = object ? register_nmi_handler(NMI_LOCAL, nmi, 0, "static_call_key") : -ENOMEM;
	if (!err) {
		object->fn = sum;
		for (i = 0; i < ARRAY_SIZE(contexts) && !err; i++)
			err = learn(m, &contexts[i]);
		/* The same sites, with what they have not learned; then they do. */
		object->fn = product;
		for (i = 0; i < ARRAY_SIZE(contexts) && !err; i++)
			err = learn(m, &contexts[i]);
		unregister_nmi_handler(NMI_LOCAL, "static_call_key");
	}
	kfree(object);
	mutex_unlock(&one);
	return err;
}

static int show_call(const struct static_call_dynamic_info *info, void *data)
{
	static const char *const states[] = { "learning", "learned", "given-up", "refused" };
	struct seq_file *m = data;
	unsigned int i;

	seq_printf(m, "%pS %s", info->site, states[info->state & 3]);
	for (i = 0; i < info->functions; i++)
		seq_printf(m, " %ps:%llu", info->function[i], info->count[i]);
	seq_printf(m, " others:%llu\n", info->others);
	return 0;
}

static int calls_show(struct seq_file *m, void *v)
{
	return static_call_key_rt_dynamic_for_each(show_call, m);
}

static int __init selftest_dynamic_init(void)
{
	if (!proc_create_single("static_call_key_dynamic", 0400, NULL, dynamic_show) ||
	    !proc_create_single("static_call_key_calls", 0400, NULL, calls_show))
		return -ENOMEM;
	return 0;
}
late_initcall(selftest_dynamic_init);
