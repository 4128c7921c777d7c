// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Calls for tracers to count: of __rdmsr_on_cpu(), on either processor, and of what its site
 * leads to, which changes all the time. How often each function was entered is in the log.
 */
#include <linux/atomic.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/rcupdate.h>

#include "msr.h"
#include "test.h"

enum { ROUNDS = 1200, CALLS = 8 /* of each target, until it is the next one's turn */ };

static sckt_read_msr *native_read;
static atomic_long_t entered[2];

static noinline u64 sckt_first_read_msr(unsigned int msr)
{
	atomic_long_inc(&entered[0]);
	return native_read(msr) + (msr == SCKT_MSR ? 1 : 0);
}

static noinline u64 sckt_second_read_msr(unsigned int msr)
{
	atomic_long_inc(&entered[1]);
	return native_read(msr) + (msr == SCKT_MSR ? 2 : 0);
}

/* Each call reaches what the key has been given last, directly. */
static bool call_and_update(const u8 *site)
{
	sckt_read_msr *const targets[] = { native_read, sckt_first_read_msr, sckt_second_read_msr };
	u64 is, value;
	int i, turn;

	rdmsrl(SCKT_MSR, is);
	for (i = 0; i < ROUNDS; i++) {
		turn = i / CALLS % ARRAY_SIZE(targets);
		if (i % CALLS == 0) {
			sckt_expect(sckt_give(targets[turn]));
			sckt_expect(sckt_branches_to(site, targets[turn]));
		}
		sckt_expect(rdmsrl_on_cpu(i % 2, SCKT_MSR, &value) == 0 && value == is + turn);
	}
	return true;
}

static bool calls(void)
{
	const u8 *site = sckt_caller_site();
	bool right;

	sckt_expect(site);
	memset(entered, 0, sizeof(entered));
	right = call_and_update(site);
	sckt_expect(sckt_give(native_read) && right);
	sckt_expect(static_call_key_verify() == 0);
	pr_info("static_call_test: " SCKT_CALLER ": entered %d times\n", ROUNDS);
	pr_info("static_call_test: sckt_first_read_msr: entered %ld times\n",
		atomic_long_read(&entered[0]));
	pr_info("static_call_test: sckt_second_read_msr: entered %ld times\n",
		atomic_long_read(&entered[1]));
	return true;
}

static const struct sckt_test tests[] = {
	{ "calls", calls },
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
