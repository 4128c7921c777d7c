// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of what objects on the heap point to: they learn what they mostly call. */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kprobes.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/stacktrace.h>

#include "dynamic.h"
#include "dynamic-units.h"

static unsigned long entries[8];
static unsigned int nentries;

static noinline int one(int x)
{
	return x + 1;
}

static noinline int two(int x)
{
	return x + 2;
}

static noinline int three(int x)
{
	return x + 3;
}

static noinline int trace(int x)
{
	nentries = stack_trace_save(entries, ARRAY_SIZE(entries), 0);
	return x + 1000;
}

static noinline long sum(long a, long b, long c, long d, long e, long f, long g, long h)
{
	return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h;
}

/* GCC 16 compares with the only function that a member is given, itself. */
static noinline long first(long a, long b, long c, long d, long e, long f, long g, long h)
{
	return a;
}

static const struct sckt_ops all_one = { one, one, one, sum };
static const struct sckt_ops all_two = { two, two, two, sum };
static const struct sckt_ops all_three = { three, three, three, sum };
static const struct sckt_ops all_trace = { trace, trace, trace, first };

/* The object that is called; of the heap, so that no compiler sees what it points to. */
static struct sckt_object *object;

static noinline int call_fn(const struct sckt_object *o, int x)
{
	int r = o->ops->fn(x);

	barrier();
	return r;
}

static noinline int call_tail(const struct sckt_object *o, int x)
{
	return o->ops->tail(x);
}

static noinline int call_mix(const struct sckt_object *o, int x)
{
	int r = o->ops->fn(x);

	barrier();
	return r;
}

static noinline long call_many(const struct sckt_object *o, long x)
{
	return o->ops->many(x, 1, 2, 3, 4, 5, 6, 7) + 1;
}

static noinline int call_irq(const struct sckt_object *o, int x)
{
	int r = o->ops->fn(x);

	barrier();
	return r;
}

static bool dynamic_learned(void)
{
	struct sckt_look look = { .caller = call_fn };

	object->ops = &all_one;
	sckt_expect(call_fn(object, 1) == 2 && sckt_look(&look));
	sckt_expect(sckt_until(call_fn(object, 1) == 2, sckt_knows(call_fn, one)));
	sckt_expect(sckt_look(&look) && within_module(sckt_leads(look.info.site), THIS_MODULE));
	sckt_expect(sckt_until(call_tail(object, 1) == 2, sckt_knows(call_tail, one)));
	/* What it has not learned, it calls all the same. */
	object->ops = &all_three;
	sckt_expect(call_fn(object, 1) == 4 && call_tail(object, 1) == 4);
	return true;
}

static bool dynamic_arguments(void)
{
	const long want = 10 + 2 + 6 + 12 + 20 + 30 + 42 + 56 + 1;

	object->ops = &all_one;
	sckt_expect(call_many(object, 10) == want);
	sckt_expect(sckt_until(call_many(object, 10) == want, sckt_knows(call_many, sum)));
	sckt_expect(call_many(object, 10) == want);
	return true;
}

static bool call_each(void)
{
	static const struct sckt_ops *const ops[] = { &all_one, &all_two, &all_three };
	static unsigned int n;
	unsigned int which = n++ % ARRAY_SIZE(ops);

	object->ops = ops[which];
	return call_mix(object, 5) == 6 + (int)which;
}

static bool knows_three(void)
{
	struct sckt_look look = { .caller = call_mix };

	return sckt_look(&look) && look.info.state == STATIC_CALL_DYNAMIC_LEARNED &&
	       look.info.functions == 3;
}

static bool dynamic_several(void)
{
	sckt_expect(sckt_until(call_each(), knows_three()));
	sckt_expect(call_each() && call_each() && call_each());
	return true;
}

static bool dynamic_relearned(void)
{
	object->ops = &all_two;
	sckt_expect(sckt_until(call_fn(object, 1) == 3, sckt_knows(call_fn, two)));
	object->ops = &all_one;
	sckt_expect(sckt_until(call_fn(object, 1) == 2, sckt_knows(call_fn, one)));
	return true;
}

/* All that have the name, in both units of the module, learn together. */
static bool knows_named(const void *function)
{
	struct sckt_look look = { .name = "sckt named" };

	return sckt_look(&look) && look.info.state == STATIC_CALL_DYNAMIC_LEARNED &&
	       look.info.function[0] == function;
}

static bool dynamic_named(void)
{
	object->ops = &all_one;
	sckt_expect(sckt_until(sckt_unit_named(object, 1) == 3, knows_named(one)));
	sckt_expect(sckt_unit_named_tail(object, 1) == 2);
	object->ops = &all_two;
	sckt_expect(sckt_unit_named_tail(object, 1) == 3);
	sckt_expect(sckt_until(sckt_unit_named_tail(object, 1) == 3, knows_named(two)));
	sckt_expect(sckt_unit_named(object, 1) == 4);
	return true;
}

/* Too many for a block: the call is as it was, and counts no more. */
static bool dynamic_given_up(void)
{
	struct sckt_look look = { .caller = sckt_unit_any };

	sckt_expect(sckt_until(sckt_unit_call_any(),
			       sckt_look(&look) &&
				       look.info.state == STATIC_CALL_DYNAMIC_GIVEN_UP));
	sckt_expect(sckt_unit_call_any());
	return true;
}

static bool dynamic_frozen(void)
{
	struct static_call_dynamic_stats before, after;
	int i;

	sckt_expect(static_call_dynamic_freeze() == 0);
	sckt_expect(static_call_dynamic_stats(&before) == 0 && before.off == before.modules);
	object->ops = &all_three;
	for (i = 0; i < 20000; i++)
		sckt_expect(call_fn(object, 1) == 4 && sckt_unit_frozen(object, 1) == 4);
	msleep(50);
	sckt_expect(static_call_dynamic_stats(&after) == 0);
	sckt_expect(after.counted == before.counted && after.switches == before.switches &&
		    after.seen == before.seen);
	sckt_expect(static_call_dynamic_learn() == 0);
	sckt_expect(sckt_until(sckt_unit_frozen(object, 1) == 4,
			       sckt_knows(sckt_unit_frozen, three)));
	return true;
}

/* count=1, and the module has room for it. */
static bool dynamic_counted(void)
{
	struct static_call_dynamic_stats before, after;
	int i;

	sckt_expect(sckt_knows(call_fn, one));
	sckt_expect(static_call_dynamic_stats(&before) == 0);
	for (i = 0; i < 110; i++) {
		object->ops = i % 11 ? &all_one : &all_three;
		sckt_expect(call_fn(object, 1) == (i % 11 ? 2 : 4));
	}
	sckt_expect(static_call_dynamic_stats(&after) == 0);
	sckt_expect(after.hits == before.hits + 100 && after.misses == before.misses + 10);
	return true;
}

/* ---- in interrupts, with locks held ---- */

static atomic_t wrong;

static void call_atomic(void *unused)
{
	int i;

	for (i = 0; i < 200; i++)
		if (call_irq(object, 1) != 2)
			atomic_inc(&wrong);
}

static bool call_in_interrupts(void)
{
	static DEFINE_SPINLOCK(lock);
	unsigned long flags;

	on_each_cpu(call_atomic, NULL, 1);
	spin_lock_irqsave(&lock, flags);
	call_atomic(NULL);
	spin_unlock_irqrestore(&lock, flags);
	return !atomic_read(&wrong);
}

static bool dynamic_interrupts(void)
{
	object->ops = &all_one;
	sckt_expect(sckt_until(call_in_interrupts(), sckt_knows(call_irq, one)));
	sckt_expect(call_in_interrupts());
	return true;
}

/* ---- what looks at code ---- */

static bool called_by(unsigned int level, const void *function)
{
	return level < nentries && sckt_within((void *)entries[level], function);
}

static bool dynamic_unwind(void)
{
	object->ops = &all_trace;
	nentries = 0;
	/* From a call that is counted, from one that misses, and from one that is known. */
	sckt_expect(sckt_unit_traced(object, 1) == 1002 && called_by(0, trace) &&
		    called_by(1, sckt_unit_traced) && called_by(2, dynamic_unwind));
	nentries = 0;
	sckt_expect(call_mix(object, 1) == 1001 && called_by(0, trace) && called_by(1, call_mix) &&
		    called_by(2, dynamic_unwind));
	sckt_expect(sckt_until(sckt_unit_traced(object, 1) == 1002,
			       sckt_knows(sckt_unit_traced, trace)));
	nentries = 0;
	sckt_expect(sckt_unit_traced(object, 1) == 1002 && called_by(0, trace) &&
		    called_by(1, sckt_unit_traced) && called_by(2, dynamic_unwind));
	return true;
}

/* The sites are ones that the kernel's own patching knows: no probe may be there. */
static bool dynamic_probe(void)
{
	struct sckt_look look = { .caller = call_fn };
	struct kprobe probe = { 0 };
	int err;

	object->ops = &all_one;
	sckt_expect(call_fn(object, 1) == 2 && sckt_look(&look));
	probe.addr = (kprobe_opcode_t *)look.info.site;
	err = register_kprobe(&probe);
	if (!err)
		unregister_kprobe(&probe);
	sckt_expect(err == -EINVAL);
	return true;
}

/* ---- file operations of the kernel and its modules ---- */

static const char *const files[] = { "/dev/zero", "/proc/version", "/init" };
static struct file *file[ARRAY_SIZE(files)];

static noinline loff_t seek(struct file *f, loff_t where)
{
	loff_t r = f->f_op->llseek(f, where, SEEK_SET);

	barrier();
	return r;
}

static bool seek_all(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(file); i++)
		if (seek(file[i], 4) < 0)
			return false;
	return true;
}

static bool seek_is_known(void)
{
	struct sckt_look look = { .caller = seek };

	return sckt_look(&look) && look.info.state == STATIC_CALL_DYNAMIC_LEARNED;
}

static bool dynamic_files(void)
{
	struct sckt_look look = { .caller = seek };
	unsigned int i, n;
	bool ok;

	for (n = 0; n < ARRAY_SIZE(file); n++) {
		file[n] = filp_open(files[n], O_RDONLY, 0);
		if (IS_ERR(file[n]))
			break;
	}
	ok = n == ARRAY_SIZE(file) && sckt_until(seek_all(), seek_is_known());
	for (i = 0; i < n; i++)
		filp_close(file[i], NULL);
	sckt_expect(ok && sckt_look(&look));
	for (i = 0; i < look.info.functions; i++)
		pr_info("static_call_test: seek: %ps\n", look.info.function[i]);
	return true;
}

/* ---- functions of a module that comes and goes ---- */

static struct sckt_ops foreign;
static int foreign_adds;

/* From now on this function, which adds so much; NULL: it goes. */
void sckt_dynamic_register(int (*fn)(int), int adds)
{
	WRITE_ONCE(foreign.fn, fn);
	foreign_adds = adds;
}
EXPORT_SYMBOL_GPL(sckt_dynamic_register);

static noinline int call_foreign(const struct sckt_object *o, int x)
{
	int r = o->ops->fn(x);

	barrier();
	return r;
}

static bool dynamic_foreign(void)
{
	object->ops = &foreign;
	sckt_expect(foreign.fn && sckt_until(call_foreign(object, 1) == 1 + foreign_adds,
					     sckt_knows(call_foreign, foreign.fn)));
	pr_info("static_call_test: foreign: %px\n", foreign.fn);
	return true;
}

/* The block compares with a function that is not there any more. */
static bool dynamic_gone(void)
{
	struct sckt_look look = { .caller = call_foreign };
	char name[KSYM_SYMBOL_LEN];
	int i;

	sckt_expect(!foreign.fn && sckt_look(&look) &&
		    look.info.state == STATIC_CALL_DYNAMIC_LEARNED);
	sprint_symbol(name, (unsigned long)look.info.function[0]);
	sckt_expect(!strncmp(name, "0x", 2));
	object->ops = &all_two;
	for (i = 0; i < 100; i++)
		sckt_expect(call_foreign(object, 1) == 3);
	return true;
}

static const struct sckt_test tests[] = {
	{ "dynamic_learned", dynamic_learned },
	{ "dynamic_arguments", dynamic_arguments },
	{ "dynamic_several", dynamic_several },
	{ "dynamic_relearned", dynamic_relearned },
	{ "dynamic_named", dynamic_named },
	{ "dynamic_given_up", dynamic_given_up },
	{ "dynamic_frozen", dynamic_frozen },
	{ "dynamic_interrupts", dynamic_interrupts },
	{ "dynamic_unwind", dynamic_unwind },
	{ "dynamic_probe", dynamic_probe },
	{ "dynamic_files", dynamic_files },
	{ "dynamic_foreign", dynamic_foreign },
	{ "dynamic_gone", dynamic_gone },
	{ "dynamic_again", dynamic_foreign },
	{ "dynamic_gone_again", dynamic_gone },
	{ "dynamic_counted", dynamic_counted },
	{ "dynamic_stress", sckt_dynamic_stress },
};
SCKT_TESTS(tests);

static int __init dynamic_init(void)
{
	object = kzalloc(sizeof(*object), GFP_KERNEL);
	return object ? 0 : -ENOMEM;
}

static void __exit dynamic_exit(void)
{
	kfree(object);
}

module_init(dynamic_init);
module_exit(dynamic_exit);
MODULE_DESCRIPTION("static_call: dynamic calls");
MODULE_LICENSE("GPL");
