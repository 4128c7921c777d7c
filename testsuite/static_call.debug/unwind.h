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

/* In assembly, so that there is unwind information for these too. */
#define TRAP(name, change)						\
	asm(".text\n"							\
	    ".type " #name ", @function\n"				\
	    #name ":\n\t"						\
	    ".cfi_startproc\n\t"					\
	    "pushf\n\t"						\
	    ".cfi_adjust_cfa_offset 8\n\t"				\
	    change "\n\t"						\
	    "popf\n\t"							\
	    ".cfi_adjust_cfa_offset -8\n\t"				\
	    "ret\n\t"							\
	    ".cfi_endproc\n\t"						\
	    ".size " #name ", .-" #name);				\
	TRAP_C void name(void) asm(#name) __attribute__((visibility("hidden")))

#ifdef __cplusplus
#define TRAP_C extern "C"
#else
#define TRAP_C
#endif

TRAP(trap_on, "orl $0x100, (%rsp)");
TRAP(trap_off, "andl $~0x100, (%rsp)");

/* A function to be stepped through: GCC's own return thunks do not unwind at their ends. */
#define TRACED NOIPA __attribute__((function_return("keep")))

static inline int trap_is_own(const void *function)
{
	return function == (const void *)trap_on || function == (const void *)trap_off;
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

/* ---- the functions on the stack, from the innermost */

#define DEPTH 16

struct stack {
	const void *function[DEPTH];	/* NULL: no unwind information */
	int depth;
	int interrupted;		/* index of the frame below the handler's; -1 */
	uintptr_t ip;
};

static inline _Unwind_Reason_Code add_frame(struct _Unwind_Context *context, void *data)
{
	struct stack *s = (struct stack *)data;
	int before;
	uintptr_t ip = _Unwind_GetIPInfo(context, &before);

	if (s->depth == DEPTH)
		return _URC_END_OF_STACK;
	if (before && ip == s->ip)
		s->interrupted = s->depth;
	s->function[s->depth++] = (const void *)_Unwind_GetRegionStart(context);
	return _URC_NO_REASON;
}

#endif
