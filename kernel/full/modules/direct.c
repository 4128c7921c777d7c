// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the entry of a function can be made to call while sites lead to it: a trampoline of its own, as
 * for BPF and for samples/ftrace, or another function instead, as by a livepatch.
 */
#include <linux/ftrace.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/version.h>
#include <asm/asm-offsets.h>
#include <asm/ibt.h>
#include <asm/nospec-branch.h>

#include "msr.h"
#include "test.h"
#include "traced.h"

/* Each under the name that it has now. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
#define CALL_DEPTH_ACCOUNT
#define ftrace_regs_set_instruction_pointer          ftrace_instruction_pointer_set
#define register_ftrace_direct                       register_ftrace_direct_multi
#define modify_ftrace_direct                         modify_ftrace_direct_multi
#define unregister_ftrace_direct(ops, address, free) unregister_ftrace_direct_multi(ops, address)
#endif

/* ---- a trampoline ---- */

extern unsigned long sckt_trampoline_hits[2];
unsigned long sckt_trampoline_hits[2];

void sckt_trampoline_0(void);
void sckt_trampoline_1(void);

asm(".pushsection .text, \"ax\", @progbits\n"
    ".irp n, 0, 1\n"
    ".type sckt_trampoline_\\n, @function\n"
    ".globl sckt_trampoline_\\n\n"
    "sckt_trampoline_\\n:\n" ASM_ENDBR "	pushq %rbp\n"
    "	movq %rsp, %rbp\n" CALL_DEPTH_ACCOUNT "	lock incq sckt_trampoline_hits + 8 * \\n(%rip)\n"
    "	leave\n" ASM_RET ".size sckt_trampoline_\\n, . - sckt_trampoline_\\n\n"
    ".endr\n"
    ".popsection");

static struct ftrace_ops trampoline_ops;

/* The function is called as often as ever. Are these as well? */
static bool hit(bool first, bool second)
{
	long calls;

	memset(sckt_trampoline_hits, 0, sizeof(sckt_trampoline_hits));
	sckt_expect(sckt_call_and_update());
	calls = atomic64_read(&sckt_counts[0].calls);
	sckt_expect(calls >= SCKT_ROUNDS / SCKT_TARGETS);
	sckt_expect(sckt_trampoline_hits[0] == (first ? calls : 0));
	sckt_expect(sckt_trampoline_hits[1] == (second ? calls : 0));
	return true;
}

static bool trampoline(void)
{
	unsigned long first = (unsigned long)sckt_trampoline_0;
	unsigned long second = (unsigned long)sckt_trampoline_1;
	bool right;

	sckt_expect(ftrace_set_filter_ip(&trampoline_ops, (unsigned long)sckt_first_read_msr, 0,
					 0) == 0);
	sckt_expect(register_ftrace_direct(&trampoline_ops, first) == 0);
	right = hit(true, false) && modify_ftrace_direct(&trampoline_ops, second) == 0 &&
		hit(false, true);
	sckt_expect(unregister_ftrace_direct(&trampoline_ops, right ? second : first, true) == 0);
	sckt_expect(right && hit(false, false));
	return true;
}

/* ---- another function ---- */

static atomic_long_t instead_calls;

static noinline u64 instead_read_msr(unsigned int msr)
{
	if (msr == SCKT_MSR)
		atomic_long_inc(&instead_calls);
	return native_read_msr(msr) + (msr == SCKT_MSR ? 2 : 0);
}

static void notrace redirect(unsigned long ip, unsigned long parent, struct ftrace_ops *ops,
			     struct ftrace_regs *regs)
{
	ftrace_regs_set_instruction_pointer(regs, (unsigned long)instead_read_msr);
}

static struct ftrace_ops redirect_ops = { .func = redirect,
					  .flags = FTRACE_OPS_FL_DYNAMIC | FTRACE_OPS_FL_IPMODIFY };

static bool reached(bool instead)
{
	const long calls = SCKT_ROUNDS / SCKT_TARGETS;

	atomic_long_set(&instead_calls, 0);
	sckt_expect(sckt_call_and_update());
	sckt_expect(atomic_long_read(&instead_calls) == (instead ? calls : 0));
	sckt_expect(instead ? atomic64_read(&sckt_counts[1].calls) == 0
			    : atomic64_read(&sckt_counts[1].calls) >= calls);
	return true;
}

static bool redirected(void)
{
	bool right;

	sckt_expect(ftrace_set_filter_ip(&redirect_ops, (unsigned long)sckt_second_read_msr, 0,
					 0) == 0);
	sckt_expect(register_ftrace_function(&redirect_ops) == 0);
	right = reached(true);
	sckt_expect(unregister_ftrace_function(&redirect_ops) == 0);
	sckt_expect(right && reached(false));
	return true;
}

static const struct sckt_test tests[] = {
	{ "trampoline", trampoline },
	{ "redirected", redirected },
};
SCKT_TESTS(tests);

static int __init direct_init(void)
{
	return 0;
}

/* No processor may be in a function that stood in for another. */
static void __exit direct_exit(void)
{
	synchronize_rcu_tasks();
}

module_init(direct_init);
module_exit(direct_exit);
MODULE_DESCRIPTION("static_call: entries of functions that call something else");
MODULE_LICENSE("GPL");
