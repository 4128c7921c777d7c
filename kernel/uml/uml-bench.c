// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * uml-bench.c - the cost of a call in the kernel, by the kind of call.
 *
 *	/proc/static_call_key_calls	a line a measurement: round, where, kind, ticks of
 *					the time-stamp counter, number of calls; with tabs
 *					between
 *	/proc/static_call_key_clobbers	the same for uml-clobbers.c
 *
 * All kinds run in turns, of some hundred microseconds, with interrupts off. What counts is
 * the ratio to the direct call (the call of the ABI) of the same round. Reading fails
 * where the code is not what it has to be: direct and patched the same bytes, but for
 * displacements, at the same alignment; sites that lead elsewhere.
 */
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/seq_file.h>

#include "uml-bench.h"

#define ROUNDS      51
#define LOOP_CALLS  100000
#define LINE_CALLS  8192
#define LINE_PASSES 16
#define TABLE       4096
#define TABLE_WALKS 8

void (*bench_patched)(void) __static_call_keyed = bench_target;
void (*bench_trampoline)(void) __static_call_keyed = bench_target;
void (*bench_indirect)(void) = bench_target;

unsigned long (*bench_value_abi)(unsigned long) __static_call_keyed = bench_value;
void (*bench_mark_abi)(void) __static_call_keyed = bench_mark;
value_fn *bench_value_key __static_call_keyed = bench_value;
mark_fn *bench_mark_key __static_call_keyed = bench_mark;

#define DECLARE_CALLS(kind)                      \
	void bench_loop_##kind(unsigned long n); \
	void bench_line_##kind(void)

DECLARE_CALLS(direct);
DECLARE_CALLS(patched);
DECLARE_CALLS(trampoline);
DECLARE_CALLS(indirect);
DECLARE_CALLS(retpoline);

static const struct kind {
	const char *text;
	void (*loop)(unsigned long n);
	void (*line)(void);
} kinds[] = {
	{ "direct call, aligned as a site", bench_loop_direct, bench_line_direct },
	{ "patched site", bench_loop_patched, bench_line_patched },
	{ "indirect call", bench_loop_indirect, bench_line_indirect },
	{ "trampoline (site not patched)", bench_loop_trampoline, bench_line_trampoline },
	{ "retpoline", bench_loop_retpoline, bench_line_retpoline },
};

#define DIRECT  (&kinds[0])
#define PATCHED (&kinds[1])

/* ---- is it what shall be measured? ---- */

/* Equal but for the displacements of calls, up to the next function? */
static bool same_code(const void *a_start, const void *b_start)
{
	const u8 *a = a_start, *b = b_start;
	unsigned long a_size, b_size, offset, i;

	if (!kallsyms_lookup_size_offset((unsigned long)a, &a_size, &offset) || offset ||
	    !kallsyms_lookup_size_offset((unsigned long)b, &b_size, &offset) || offset ||
	    a_size != b_size || (((unsigned long)a ^ (unsigned long)b) & 63))
		return false;
	for (i = 0; i < a_size; i++) {
		if (a[i] != b[i])
			return false;
		if (a[i] == 0xe8)
			i += 4;
	}
	return true;
}

struct expectation {
	const void *destination; /* NULL: the trampoline */
	unsigned long sites;
};

static int expect_site(const struct static_call_key_site_info *info, void *data)
{
	struct expectation *expected = data;
	bool trampoline = info->flags & STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE;

	expected->sites++;
	if (trampoline != !expected->destination)
		return 1;
	return !trampoline && info->destination != expected->destination;
}

static bool sites_lead(const void *key, const void *to, unsigned long sites)
{
	struct expectation expected = { to };

	return !static_call_key_for_each_site(key, expect_site, &expected) &&
	       expected.sites == sites;
}

/*
 * NULL sends the sites to their trampoline; a store that the runtime is not told
 * of leaves them there.
 */
static bool leave_unpatched(void)
{
	void (**key)(void) = &bench_trampoline;

	OPTIMIZER_HIDE_VAR(key);
	if (static_call_key_update(key, NULL))
		return false;
	WRITE_ONCE(*key, bench_target);
	return true;
}

/* ---- time ---- */

static inline u64 ticks(void)
{
	u32 low, high;

	asm volatile("lfence; rdtsc; lfence" : "=a"(low), "=d"(high) : : "memory");
	return (u64)high << 32 | low;
}

static void report(struct seq_file *m, unsigned long round, const char *where, const char *kind,
		   u64 time, unsigned long calls)
{
	seq_printf(m, "%lu\t%s\t%s\t%llu\t%lu\n", round, where, kind, time, calls);
}

static u64 time_loop(const struct kind *kind)
{
	unsigned long flags;
	u64 start;

	local_irq_save(flags);
	kind->loop(LOOP_CALLS / 10);
	start = ticks();
	kind->loop(LOOP_CALLS);
	start = ticks() - start;
	local_irq_restore(flags);
	return start;
}

static u64 time_line(const struct kind *kind)
{
	unsigned long flags;
	u64 start;
	int i;

	local_irq_save(flags);
	kind->line();
	kind->line();
	start = ticks();
	for (i = 0; i < LINE_PASSES; i++)
		kind->line();
	start = ticks() - start;
	local_irq_restore(flags);
	return start;
}

/* ---- calls ---- */

static int calls_show(struct seq_file *m, void *v)
{
	unsigned long round = *(loff_t *)v, i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		const struct kind *kind = &kinds[(i + round) % ARRAY_SIZE(kinds)];

		report(m, round, "in a hot loop", kind->text, time_loop(kind), LOOP_CALLS);
	}
	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		const struct kind *kind = &kinds[(i + round) % ARRAY_SIZE(kinds)];

		report(m, round, "8,192 sites in a straight line", kind->text, time_line(kind),
		       LINE_PASSES * LINE_CALLS);
	}
	return 0;
}

static void *round_start(struct seq_file *m, loff_t *pos)
{
	return *pos < ROUNDS ? pos : NULL;
}

static void *calls_start(struct seq_file *m, loff_t *pos)
{
	if (!sites_lead(&bench_patched, bench_target, LINE_CALLS + 1) ||
	    !sites_lead(&bench_trampoline, NULL, LINE_CALLS + 1))
		return ERR_PTR(-EIO);
	if (!same_code(DIRECT->loop, PATCHED->loop) || !same_code(DIRECT->line, PATCHED->line))
		return ERR_PTR(-ENOEXEC);
	return round_start(m, pos);
}

static void *round_next(struct seq_file *m, void *v, loff_t *pos)
{
	cond_resched();
	return ++*pos < ROUNDS ? pos : NULL;
}

static void round_stop(struct seq_file *m, void *v)
{}

static const struct seq_operations calls_rounds = {
	.start = calls_start,
	.next = round_next,
	.stop = round_stop,
	.show = calls_show,
};

/* ---- clobber sets ---- */

#define DECLARE_CLOBBERS(way)                                                          \
	unsigned long bench_walk_##way(const unsigned long *, unsigned long,           \
				       struct bench_range *);                          \
	unsigned long bench_section_##way(unsigned long, unsigned long, unsigned long, \
					  unsigned long, unsigned long *)

DECLARE_CLOBBERS(abi);
DECLARE_CLOBBERS(set);
DECLARE_CLOBBERS(asm);

static const struct way {
	const char *text;
	unsigned long (*walk)(const unsigned long *, unsigned long, struct bench_range *);
	unsigned long (*section)(unsigned long, unsigned long, unsigned long, unsigned long,
				 unsigned long *);
} ways[] = {
	{ "call of the ABI", bench_walk_abi, bench_section_abi },
	{ "clobber set", bench_walk_set, bench_section_set },
	{ "asm statement", bench_walk_asm, bench_section_asm },
};

static unsigned long table[TABLE], counter;
static struct bench_range range = { 7, 0, 0 };

static unsigned long walk(const struct way *way)
{
	unsigned long i, sum = 0;

	for (i = 0; i < TABLE_WALKS; i++)
		sum += way->walk(table, TABLE, &range);
	return sum;
}

static unsigned long section(const struct way *way)
{
	unsigned long i, sum = 0;

	for (i = 0; i < TABLE * TABLE_WALKS; i++)
		sum += way->section(i, i + 1, i + 2, i + 3, &counter);
	return sum;
}

static u64 time_way(unsigned long (*run)(const struct way *), const struct way *way,
		    unsigned long *result)
{
	unsigned long flags;
	u64 start;

	local_irq_save(flags);
	run(way);
	start = ticks();
	*result = run(way);
	start = ticks() - start;
	local_irq_restore(flags);
	return start;
}

static int clobbers_show(struct seq_file *m, void *v)
{
	static const struct {
		const char *text;
		unsigned long (*run)(const struct way *);
	} bodies[] = { { "walk over a table", walk }, { "critical section", section } };
	unsigned long round = *(loff_t *)v, body, i, results[ARRAY_SIZE(ways)];

	for (body = 0; body < ARRAY_SIZE(bodies); body++) {
		for (i = 0; i < ARRAY_SIZE(ways); i++) {
			unsigned long n = (i + round) % ARRAY_SIZE(ways);
			u64 time = time_way(bodies[body].run, &ways[n], &results[n]);

			report(m, round, bodies[body].text, ways[n].text, time,
			       TABLE * TABLE_WALKS);
		}
		for (i = 1; i < ARRAY_SIZE(ways); i++)
			if (results[i] != results[0])
				return -EIO;
	}
	return 0;
}

static void *clobbers_start(struct seq_file *m, loff_t *pos)
{
	unsigned long i;

	if (!sites_lead(&bench_value_abi, bench_value, 1) ||
	    !sites_lead(&bench_mark_abi, bench_mark, 2) ||
	    !sites_lead(&bench_value_key, bench_value, 1) ||
	    !sites_lead(&bench_mark_key, bench_mark, 2))
		return ERR_PTR(-EIO);
	for (i = 0; i < TABLE; i++)
		table[i] = i * 8 + 1; /* no branch that is hard to predict */
	return round_start(m, pos);
}

static const struct seq_operations clobbers_rounds = {
	.start = clobbers_start,
	.next = round_next,
	.stop = round_stop,
	.show = clobbers_show,
};

static int __init bench_init(void)
{
	if (!leave_unpatched())
		return -EIO;
	if (!proc_create_seq("static_call_key_calls", 0400, NULL, &calls_rounds) ||
	    !proc_create_seq("static_call_key_clobbers", 0400, NULL, &clobbers_rounds))
		return -ENOMEM;
	return 0;
}
late_initcall(bench_init);
