/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unwind.h - run code with the trap flag set, and look at every instruction of it
 * from a signal handler: where no signal may come in, a debugger or a profiler does.
 */
#ifndef UNWIND_H
#define UNWIND_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "check.h"
#include <signal.h>
#include <ucontext.h>
#include <unwind.h>

static inline __attribute__((always_inline)) void trap_on(void)
{
	asm volatile("sub $128, %%rsp\n\tpushf\n\torl $0x100, (%%rsp)\n\tpopf\n\t"
		     "add $128, %%rsp" : : : "cc", "memory");
}

static inline __attribute__((always_inline)) void trap_off(void)
{
	asm volatile("sub $128, %%rsp\n\tpushf\n\tandl $~0x100, (%%rsp)\n\tpopf\n\t"
		     "add $128, %%rsp" : : : "cc", "memory");
}

static inline void trap_handle(void (*handler)(int, siginfo_t *, void *))
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_sigaction = handler;
	action.sa_flags = SA_SIGINFO | SA_NODEFER;
	CHECK(sigaction(SIGTRAP, &action, NULL) == 0);
}

static inline uintptr_t trap_ip(const void *context)
{
	return (uintptr_t)((const ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
}

#endif
