/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * While a call is counted, and while it decides, the stack can be unwound at every instruction
 * of the runtime: each is executed alone, and from each the way leads back to main().
 */
#define _GNU_SOURCE
#include <signal.h>
#include <ucontext.h>
#include <unwind.h>

#include "dynamic.h"

#define BEFORE 1023	/* calls; the next one decides */

STATES;
NAMED(ops, jump);
NAMED_CALL(call, ops);
MODULE_AUTO

static volatile sig_atomic_t steps, lost, in_main, watch;
static uintptr_t lost_at;
int main(void);

static _Unwind_Reason_Code frame(struct _Unwind_Context *context, void *data)
{
	(void)data;
	if (_Unwind_FindEnclosingFunction((void *)_Unwind_GetIP(context)) != (void *)main)
		return _URC_NO_REASON;
	in_main = 1;
	return _URC_END_OF_STACK;
}

/* Code that the runtime has written has no unwind tables; it ends in the first function. */
static int is_generated(uintptr_t ip)
{
	uintptr_t code = module.learn & ~4095ul;

	return ip >= code && ip < code + 0x10000;
}

static void step(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;
	uintptr_t ip = uc->uc_mcontext.gregs[REG_RIP];

	(void)sig;
	(void)info;
	if (!watch)
		return;
	steps++;
	in_main = 0;
	_Unwind_Backtrace(frame, NULL);
	if (!in_main && !is_generated(ip)) {
		if (!lost++)
			lost_at = ip;
	}
}

/* The trap flag: SIGTRAP after each instruction. */
static inline __attribute__((always_inline)) void single_step(int on)
{
	watch = on;
	if (on)
		__asm__ volatile("pushfq\n orq $0x100, (%%rsp)\n popfq" : : : "memory", "cc");
	else
		__asm__ volatile("pushfq\n andq $~0x100, (%%rsp)\n popfq" : : : "memory", "cc");
}

int main(void)
{
	struct sigaction sa = { .sa_sigaction = step, .sa_flags = SA_SIGINFO };
	long counted, i, r;

	CHECK(module.learn);
	for (i = 0; i < BEFORE - 1; i++)
		check_call(call, i, 3);
	sigaction(SIGTRAP, &sa, NULL);
	single_step(1);
	r = call(5, target_3);
	single_step(0);
	CHECK(r == 16 * 5 + 3);
	counted = steps;
	single_step(1);
	r = call(6, target_3);
	single_step(0);
	CHECK(r == 16 * 6 + 3);
	if (lost)
		printf("%d of %d steps lead nowhere, first at %#lx\n", (int)lost, (int)steps,
		       (long)lost_at);
	CHECK(!lost && counted > 50 && steps > counted + 500);
	CHECK(learned(call, 1, 3));
	puts("ok");
	return 0;
}
