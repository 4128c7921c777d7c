// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Calls for tracers to count: of __rdmsr_on_cpu(), on either processor, and of what its site
 * leads to, which changes all the time. How often each function was entered is in the log, and what
 * it was given and has returned.
 */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/rcupdate.h>

#include "msr.h"
#include "test.h"
#include "traced.h"

static sckt_read_msr *native_read;
struct sckt_counts sckt_counts[2];
EXPORT_SYMBOL_GPL(sckt_counts);

static __always_inline u64 read_and_count(struct sckt_counts *counts, unsigned int msr, int adds)
{
	u64 value;

	atomic64_inc(&counts->calls);
	atomic64_add(msr, &counts->given);
	value = native_read(msr) + (msr == SCKT_MSR ? adds : 0);
	atomic64_add(value, &counts->returned);
	return value;
}

noinline u64 sckt_first_read_msr(unsigned int msr)
{
	return read_and_count(&sckt_counts[0], msr, 1);
}
EXPORT_SYMBOL_GPL(sckt_first_read_msr);

noinline u64 sckt_second_read_msr(unsigned int msr)
{
	return read_and_count(&sckt_counts[1], msr, 2);
}
EXPORT_SYMBOL_GPL(sckt_second_read_msr);

static bool call(const u8 *site)
{
	sckt_read_msr *const targets[SCKT_TARGETS] = { native_read, sckt_first_read_msr,
						       sckt_second_read_msr };
	u64 is, value;
	int i, turn;

	rdmsrl(SCKT_MSR, is);
	for (i = 0; i < SCKT_ROUNDS; i++) {
		turn = i / SCKT_CALLS % SCKT_TARGETS;
		if (i % SCKT_CALLS == 0) {
			sckt_expect(sckt_give(targets[turn]));
			sckt_expect(sckt_branches_to(site, targets[turn]));
		}
		sckt_expect(rdmsrl_on_cpu(i % 2, SCKT_MSR, &value) == 0 && value == is + turn);
	}
	return true;
}

bool sckt_call_and_update(void)
{
	const u8 *site = sckt_caller_site();
	bool right;

	sckt_expect(site);
	memset(sckt_counts, 0, sizeof(sckt_counts));
	right = call(site);
	sckt_expect(sckt_give(native_read) && right);
	sckt_expect(static_call_key_verify() == 0);
	return true;
}
EXPORT_SYMBOL_GPL(sckt_call_and_update);

/* Each tool says a part of that. */
static void say(const char *function, s64 calls, u64 given, u64 returned)
{
	pr_info("static_call_test: %s: entered %lld times\n", function, calls);
	pr_info("static_call_test: %s: entered %lld times, given 0x%llx\n", function, calls, given);
	pr_info("static_call_test: %s: left %lld times, given 0x%llx, returned 0x%llx\n", function,
		calls, given, returned);
}

static void say_counts(const char *function, const struct sckt_counts *counts)
{
	say(function, atomic64_read(&counts->calls), atomic64_read(&counts->given),
	    atomic64_read(&counts->returned));
}

static bool calls(void)
{
	sckt_expect(sckt_call_and_update());
	say(SCKT_CALLER, SCKT_ROUNDS, SCKT_ROUNDS * SCKT_MSR, 0);
	say_counts("sckt_first_read_msr", &sckt_counts[0]);
	say_counts("sckt_second_read_msr", &sckt_counts[1]);
	return true;
}

/* One that nobody has counted here. */
static bool stray(void)
{
	u64 value;

	return rdmsrl_on_cpu(0, SCKT_MSR, &value) == 0;
}

static const struct sckt_test tests[] = {
	{ "calls", calls },
	{ "stray", stray },
};
SCKT_TESTS(tests);

static int __init traced_init(void)
{
	native_read = pv_ops.cpu.read_msr;
	pr_info("static_call_test: %s: the site is %pS\n", tag, sckt_caller_site());
	return 0;
}

/* No processor may be in a target any more. */
static void __exit traced_exit(void)
{
	synchronize_rcu_tasks();
}

module_init(traced_init);
module_exit(traced_exit);
MODULE_DESCRIPTION("static_call: calls to be traced");
MODULE_LICENSE("GPL");
