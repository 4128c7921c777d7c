/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linked with a test: the machine is one where each mprotect takes a millisecond more,
 * as it takes up to a tenth of one in some virtual machines. All such calls are trapped,
 * and made by the handler, later.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "trap-call.h"

#define NANOSECONDS	1000000

static void later(int sig, siginfo_t *si, void *context)
{
	greg_t *r = trap_registers(context);
	struct timespec t = { 0, NANOSECONDS };
	int saved = errno;

	(void)sig, (void)si;
	/* Signals come meanwhile, as they do while a real call takes its time. */
	while (nanosleep(&t, &t))
		;
	trap_make(r, SYS_mprotect);
	errno = saved;
}

__attribute__((constructor(101))) static void slow_mprotect(void)
{
	if (trap_call(SYS_mprotect, later, SA_NODEFER)) {
		puts("UNSUPPORTED: the kernel has no seccomp filters");
		exit(0);
	}
}
