// SPDX-License-Identifier: MIT
/*
 * moment.c - what a thread needs that decides in the middle of a call of the program.
 */
#include <asm/signal.h>
#include <linux/time.h>

#include "linux-user.h"

/*
 * What the processor reports, and a filter of system calls, is let through: held back, the
 * kernel would end the program.
 */
bool scrt_signals_hold(uint64_t *old)
{
	static const unsigned char through[] = { SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV, SIGSYS };
	uint64_t all = ~0ull;
	unsigned int i;

	for (i = 0; i < sizeof(through); i++)
		all &= ~(1ull << (through[i] - 1));
	return !syscall4(__NR_rt_sigprocmask, SIG_BLOCK, (long)&all, (long)old, sizeof(*old));
}

void scrt_signals_release(const uint64_t *old)
{
	syscall4(__NR_rt_sigprocmask, SIG_SETMASK, (long)old, 0, sizeof(*old));
}

static uint64_t clock_read(int clock)
{
	struct {
		long s, ns;
	} now;

	if (syscall3(__NR_clock_gettime, clock, (long)&now, 0))
		return 0;
	return now.s * 1000000000ull + now.ns;
}

uint64_t scrt_clock(void)
{
	return clock_read(CLOCK_MONOTONIC);
}

uint64_t scrt_spent(void)
{
	return clock_read(CLOCK_THREAD_CPUTIME_ID);
}
