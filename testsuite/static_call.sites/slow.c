/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linked with a test: the machine is one where each mprotect takes a millisecond more,
 * as it takes up to a tenth of one in some virtual machines. All such calls are trapped,
 * and made by the handler, later.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#define NANOSECONDS	1000000
#define PASS		0x5ca1

static void later(int sig, siginfo_t *si, void *context)
{
	ucontext_t *uc = context;
	greg_t *r = uc->uc_mcontext.gregs;
	struct timespec t = { 0, NANOSECONDS };
	int saved = errno;

	(void)sig, (void)si;
	/* Signals come meanwhile, as they do while a real call takes its time. */
	while (nanosleep(&t, &t))
		;
	r[REG_RAX] = syscall(SYS_mprotect, r[REG_RDI], r[REG_RSI], r[REG_RDX], 0, 0, PASS) ?
		     -errno : 0;
	errno = saved;
}

__attribute__((constructor(101))) static void slow_mprotect(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mprotect, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[5])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PASS, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog prog = { sizeof(filter) / sizeof(filter[0]), filter };
	struct sigaction sa = { .sa_sigaction = later, .sa_flags = SA_SIGINFO | SA_NODEFER };

	if (sigaction(SIGSYS, &sa, NULL) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog)) {
		puts("UNSUPPORTED: the kernel has no seccomp filters");
		exit(0);
	}
}
